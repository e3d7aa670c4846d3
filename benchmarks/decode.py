"""The limit that decoding sets: every picture of a clip is decoded and nothing is done with it.

python -m benchmarks.decode CLIP
"""

import json
import sys
import time

from formcheck.system.native.media_libs import av


def main() -> None:
    with av.open(sys.argv[1]) as container:
        container.streams.video[0].thread_type = "AUTO"
        begin_s = time.monotonic()
        frames = sum(1 for _ in container.decode(video=0))
        print(json.dumps({"frames": frames, "loop_s": time.monotonic() - begin_s}))


if __name__ == "__main__":
    main()
