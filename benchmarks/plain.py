"""The loop that every tutorial has: OpenCV reads each frame, MediaPipe finds the pose, one angle comes out. The yardstick.

    python -m benchmarks.plain CLIP MODEL [--draw]

Nothing of formcheck runs in it. What is printed is its own time, from the first frame to the last, so that starting up is not
held against it.
"""

import argparse
import json
import math
import time

import cv2
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision

HIP, KNEE, ANKLE = 24, 26, 28
RED, WHITE = (0, 0, 255), (255, 255, 255)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("clip")
    parser.add_argument("model")
    parser.add_argument("--draw", action="store_true")
    given = parser.parse_args()
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=given.model), running_mode=vision.RunningMode.VIDEO
    )
    lines = vision.PoseLandmarksConnections.POSE_LANDMARKS
    capture = cv2.VideoCapture(given.clip)
    fps = capture.get(cv2.CAP_PROP_FPS)
    frames, angles = 0, []
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        begin_s = time.monotonic()
        while True:
            found, frame = capture.read()
            if not found:
                break
            picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
            result = landmarker.detect_for_video(picture, round(1000 * frames / fps))
            frames += 1
            height, width = frame.shape[:2]
            for person in result.pose_landmarks:
                points = [(point.x * width, point.y * height) for point in person]
                angles.append(_angle(points[HIP], points[KNEE], points[ANKLE]))
                if given.draw:
                    places = [(round(x), round(y)) for x, y in points]
                    for line in lines:
                        cv2.line(frame, places[line.start], places[line.end], WHITE, 2)
                    for place in places:
                        cv2.circle(frame, place, 4, RED, -1)
                    cv2.putText(frame, f"knee {angles[-1]:.0f}", (20, 40), cv2.FONT_HERSHEY_SIMPLEX, 1, WHITE, 2)
        spent_s = time.monotonic() - begin_s
    capture.release()
    print(json.dumps({"frames": frames, "people": len(angles), "loop_s": spent_s}))


def _angle(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    first, second = math.atan2(a[1] - b[1], a[0] - b[0]), math.atan2(c[1] - b[1], c[0] - b[0])
    degrees = abs(math.degrees(first - second))
    return min(degrees, 360 - degrees)


if __name__ == "__main__":
    main()
