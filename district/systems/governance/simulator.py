"""Devices of the governance system that speak their real protocol to the real door: cameras."""

from __future__ import annotations

from .video.simulator.playing import main

__all__ = ["main"]
