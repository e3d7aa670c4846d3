"""MediaPipe's pose landmarker as an engine. Only this folder knows MediaPipe."""
