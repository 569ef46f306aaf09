"""视频联网共享: cameras by GB/T 28181, coverage of key points, viewing by grant."""
