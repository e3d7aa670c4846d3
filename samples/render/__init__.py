"""Rendered sample clips: a procedural person whose joint angles are known exactly.

One module, one idea::

    body      who: stature, build, colours        people     the cast, each in one part of the split
    skeleton  posture -> joint centres            reach      two-bone inverse kinematics
    motion    keyed parameters over time          stretches  parameters -> posture, feet planted
    walking   a few steps                         resting    lying in ways that are no stretch
    strength  bridges and the plank               goes       clips of them, each go to its end
    acts      all that a person can do            roles      scenes played one after the other, somewhere
    hands     places for the hands                sculpt     lumps of flesh -> a smooth surface
    head      a face, hair, hands                 figure     joint centres -> flesh and clothes
    camera    where things are in the picture     framing    where to aim it
    room      colours, mat, lamps, what stands there
    rooms     rooms to film in                    props      furniture and clutter
    scene     a room drawn: surfaces and lamps    shadow     soft shadows on the floor
    truth     joint centres -> measures           labels     measures -> labelled intervals
    clip      what a clip is                      visibility what can be judged from the camera
    plan      forms, and for how long             direction  a few words -> a clip
    clean     clips from the side                 askew      clips from elsewhere
    hard      clips that are hard                 clips      the table of them all
    own       clips of a stretch that ships nowhere
    chance    further clips by chance             stills     single pictures by chance
    moments   a clip -> skeleton, truth and label of each frame
    film      noise, blur, when frames come       sidecar    the text files beside a clip
    encode    pictures -> H.264                   produce    one clip -> its three files

Only ``mesh``, ``sculpt``, ``head``, ``figure``, ``props``, ``shadow``, ``scene`` and ``produce`` need VTK.

Axes of a person, everywhere but in ``camera``, ``scene`` and ``shadow``: x forward (the way the person faces
when upright), y up, z to the person's right, metres, floor at y = 0. A lying person has the head at -x and
the face up. Angles are in degrees.
"""
