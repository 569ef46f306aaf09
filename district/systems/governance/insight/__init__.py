"""全趋势洞察: hot spots, emerging topics, forecasts and the weekly briefing. Of places, times and kinds, never of persons."""
