"""Pages of alarms, their rules and the times in which they keep silent."""
