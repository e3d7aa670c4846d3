"""Rendered sample clips: a procedural person whose joint angles are known exactly.

One module, one idea::

    body      who: stature, build, colours        people     the cast, each in one part of the split
    skeleton  posture -> joint centres            reach      two-bone inverse kinematics
    motion    keyed parameters over time          stretches  parameters -> posture, feet planted
    hands     places for the hands                sculpt     lumps of flesh -> a smooth surface
    head      a face, hair, hands                 figure     joint centres -> flesh and clothes
    camera    where things are in the picture     scene      room, lamps, pictures
    truth     joint centres -> measures           labels     measures -> labelled intervals
    clips     the table of clips                  moments    a clip -> skeleton, truth and label of each frame
    room      colours, mat, lamps                 sidecar    the text files beside a clip
    encode    pictures -> H.264                   produce    one clip -> its three files

Only ``mesh``, ``sculpt``, ``head``, ``figure``, ``shadow``, ``scene`` and ``produce`` need VTK.

Axes of a person, everywhere but in ``camera``, ``scene`` and ``shadow``: x forward (the way the person faces
when upright), y up, z to the person's right, metres, floor at y = 0. A lying person has the head at -x and
the face up. Angles are in degrees.
"""
