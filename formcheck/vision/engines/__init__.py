"""Pose engines: each turns a frame into the people seen in it. Only this folder knows MediaPipe."""
