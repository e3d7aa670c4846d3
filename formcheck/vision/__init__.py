"""Pictures and landmarks: video, camera, pose engines, sampling."""
