"""GB/T 28181 in the gateway: a SIP server for cameras, recorders and platforms, over UDP and TCP on one port.

`door` opens the port and takes requests apart, `registrar` lets devices in, `intake` hears what they say, `client` asks
them, `catalogue` and `probe` are what is asked, `tending` keeps time.
"""
