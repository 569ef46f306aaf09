"""Cameras, recorders and a platform that speak GB/T 28181 to the gateway's own port. No picture content is shown."""
