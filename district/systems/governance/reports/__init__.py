"""全渠道: how a report comes in, by hotline, page, phone, sensor, import or Open311."""
