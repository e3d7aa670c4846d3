"""The fixed sentences of the page, by the key that its modules ask for; a part of the page has a section of its own here."""

from collections.abc import Mapping
from typing import Any

from formcheck.coaching.guidance import phrases
from formcheck.core import wording
from formcheck.core.values import Side, Status
from formcheck.core.wording.language import N_, NN_, Counted, forms, shown

WORDS: Mapping[str, str | Counted] = {
    # --- every page ----------------------------------------------------------------------------------------------------
    "at_hand": wording.AT_HAND,
    "back": N_("Back"),
    "back_to_settings": N_("To the settings"),
    "back_to_stretches": N_("All stretches"),
    "before_you_begin": N_("Before you begin"),
    "begin": wording.STATUSES[Status.ELSEWHERE].live,
    "both_sides_for": N_("{time}, both sides"),
    "breathe_in": wording.BREATHE_IN,
    "breathe_out": wording.BREATHE_OUT,
    "camera": N_("Camera"),
    "camera_asking": N_("The browser asks whether this page may see your camera: please allow it."),
    "camera_busy": N_("The camera is in use elsewhere"),
    "camera_busy_what_to_do": N_("Close other programs that use it, then try again."),
    "camera_fails": N_("The camera gives no picture"),
    "camera_fails_what_to_do": N_("Unplug it and plug it in again, or choose another one."),
    "camera_missing": N_("I find no camera"),
    "camera_missing_what_to_do": N_("Plug one in, or switch it on, then try again."),
    "camera_muted": N_("The camera is switched off or in use elsewhere"),
    "camera_muted_what_to_do": N_("Look for a switch or cover at the camera, or close what uses it. It goes on by itself."),
    "camera_number": N_("Camera {number}"),
    "camera_place": N_("Put the camera at hip height, level, so that it sees all of you from the side."),
    "camera_refused": N_("This page may not see the camera"),
    "camera_refused_what_to_do": N_(
        "Allow the camera for this page: a click on the sign beside its address leads there. Then try again."
    ),
    "camera_taken": N_("The camera has gone"),
    "camera_taken_what_to_do": N_("Plug it in again, or choose another one."),
    "camera_title": N_("Can the camera see you?"),
    "choose_title": N_("What would you like to do?"),
    "clock_stands": N_("The clock stands until then."),
    "elsewhere": N_("This session is open in another window"),
    "elsewhere_what_to_do": N_("It goes on there. You can bring it back here."),
    "end_session": N_("End it"),
    "film": N_("Film the session"),
    "film_download": N_("Save the film elsewhere"),
    "film_open": N_("Watch the film"),
    "film_what": N_(
        "The film has the pictures that formcheck looks at: small ones, 480 lines high, 10 to 15 a second, without sound. It "
        "stays on this machine until you delete it."
    ),
    "gauge_adjust": N_("outside its range"),
    "gauge_correct": N_("within its range"),
    "gauge_unseen": N_("not seen"),
    "go_on": N_("Go on"),
    "go_to_session": N_("Go back to it"),
    "hidden_title": N_("Paused: this page is hidden"),
    "how_strong": phrases.HOW,
    "joining": N_("One moment, please"),
    "keys": N_("Keys"),
    "kind_block": N_("Guided blocks, nothing is measured"),
    "kind_routine": N_("Routines"),
    "kind_stretch": N_("Stretches"),
    "minutes": NN_("{count} minute", "{count} minutes"),
    "nav_settings": N_("Settings"),
    "nav_stretch": N_("Stretch"),
    "navigation": N_("Parts of formcheck"),
    "no": N_("No"),
    "no_picture": N_("No picture from the camera"),
    "no_profile": N_("Nobody in particular"),
    "not_measured": wording.NOT_MEASURED,
    "open_report": N_("Open the report"),
    "own_as_seen": N_("You, as the camera sees you"),
    "own_picture": N_("You, as in a mirror"),
    "panel": N_("How it goes"),
    "paused": phrases.PAUSED,
    "phase_left": wording.PHASE_LEFT,
    "picture": N_("Your picture"),
    "pressure": wording.PRESSURE,
    "profile": N_("Who is it?"),
    "question_number": N_("Question {number} of {count}"),
    "questions_before": NN_(
        "Before you begin, one short question. Your answer stays on this machine.",
        "Before you begin, {count} short questions. Your answers stay on this machine.",
    ),
    "questions_title": N_("Short questions first"),
    "quit": N_("Quit"),
    "quit_keeps": N_("All that was done is kept."),
    "quit_question": N_("End formcheck?"),
    "quit_title": N_("formcheck has ended"),
    "quit_what_now": N_("All is kept. You can close this page; the command formcheck app begins anew."),
    "recording": wording.RECORDING,
    "refused": N_("The server refused this (status {status})."),
    "ring_label": N_("{number} {caption}"),
    "ring_running": wording.RUNNING,
    "ring_seconds": wording.SECONDS,
    "ring_stopped": wording.STOPPED,
    "ring_waiting": wording.NOT_BEGUN,
    "row_done": N_("Done:"),
    "row_not_done": N_("Not done:"),
    "seconds": NN_("{count} second", "{count} seconds"),
    "server_gone": N_("formcheck does not answer."),
    "server_gone_what_to_do": N_("If it was ended, start it again in the terminal; this page goes on by itself."),
    "server_lost": N_("formcheck does not answer"),
    "server_lost_what_to_do": N_("The clock stands. I keep trying; if it was ended, start it again and we go on from here."),
    "session_over": N_("The session is over"),
    "session_runs": N_("A session is still open: {title}. Go back to it, or end it; all that was done is kept."),
    "session_title": N_("{title}"),
    "show_here": N_("Show it here"),
    "side_auto": N_("Whichever I begin with"),
    "side_left": wording.SIDES[Side.LEFT].title,
    "side_right": wording.SIDES[Side.RIGHT].title,
    "skip": N_("To the content"),
    "sound": N_("Voice and sounds"),
    "sound_off": wording.SOUND_OFF,
    "start_session": N_("Start"),
    "stays_here": N_("Pictures stay on this machine. None is kept."),
    "stays_here_but_film": N_("Pictures stay on this machine. Only the film is kept."),
    "to_the_end": N_("As long as you can"),
    "trouble_title": N_("That did not work"),
    "try_again": N_("Try again"),
    "try_camera_again": N_("Try the camera again"),
    "turn_sound_on": N_("Turn sound on"),
    "unknown_plan": N_("There is no such stretch"),
    "was_hidden": N_("Paused while this page was hidden"),
    "went_wrong": N_("Something went wrong on this page. Please load it again."),
    "which_side": N_("Which side first?"),
    "yes": N_("Yes"),
    # --- check a video -------------------------------------------------------------------------------------------------
    # --- progress ------------------------------------------------------------------------------------------------------
    "all_sessions": N_("All sessions"),
    "browser_goes": N_("The settings of this page go, as far as this browser keeps them."),
    "browser_running_stays": N_("That a session is running stays known, so that it can go on."),
    "check_deleted": N_("The flexibility check is deleted."),
    "check_goes": N_("What was read in the flexibility check “{title}” of {day} goes."),
    "damaged_goes": N_("All that is kept of the session that cannot be read goes."),
    "delete": N_("Delete"),
    "delete_all_question": N_("Delete all sessions?"),
    "delete_all_sessions": N_("Delete all sessions"),
    "delete_check_of": N_("Delete the flexibility check “{title}” of {day}"),
    "delete_damaged": N_("Delete the session that cannot be read"),
    "delete_everything": N_("Delete everything"),
    "delete_everything_question": N_("Delete everything that is kept?"),
    "delete_kind": N_("Delete: {name}"),
    "delete_kind_question": N_("Delete this? {name}"),
    "delete_session": N_("Delete this session"),
    "delete_session_of": N_("Delete the session “{title}” of {day}"),
    "delete_session_question": N_("Delete this?"),
    "everything_deleted": N_("Everything that was kept is deleted."),
    "everything_goes": N_("This goes: {names}."),
    "history_goes": N_(
        "All sessions and flexibility checks of everybody go, with all that was told of pain. Profiles and answers to the "
        "safety questions stay."
    ),
    "keep_it": N_("Keep it"),
    "kept_answers": N_("Answers"),
    "kept_app": N_("Key of this page"),
    "kept_blocks": N_("Own guided blocks"),
    "kept_browser": N_("Settings in this browser"),
    "kept_browser_use": N_("Settings of this page, and which session is running, so that it can go on after a reload"),
    "kept_checks": N_("Own flexibility checks"),
    "kept_deleted": N_("Deleted: {name}"),
    "kept_files": NN_("{count} file", "{count} files"),
    "kept_films": N_("Films"),
    "kept_goes": N_("{name} ({size}): {use}."),
    "kept_here_alone": N_(
        "All of this lies on this machine alone. Films, tables and reports that you asked for lie where you put them, and are "
        "not listed here."
    ),
    "kept_history": N_("History"),
    "kept_landmarks": N_("Landmarks"),
    "kept_models": N_("Pose models"),
    "kept_profiles": N_("Profiles"),
    "kept_programmes": N_("Own programmes"),
    "kept_routines": N_("Own routines"),
    "kept_slim": N_("Pose models, ready to run"),
    "kept_temporary": N_("Temporary files"),
    "kept_title": N_("What is kept on this machine"),
    "kept_unfinished": N_("Unfinished results"),
    "model_comes_again": N_(
        "The pose model goes, too: formcheck fetches it from the network when it is started the next time."
    ),
    "nav_progress": wording.PROGRESS,
    "not_undone": N_("This cannot be undone."),
    "progress_begin": N_("Choose a stretch"),
    "progress_checks": wording.PROGRESS_CHECKS,
    "progress_empty": N_(
        "Nothing has been kept yet. What you hold is kept here as it happens: how long, and how it was; no pictures."
    ),
    "progress_everybody": N_("Everybody"),
    "progress_more": N_("Show more"),
    "progress_none_fits": N_("No session was kept that fits this choice."),
    "progress_report": N_("What the sessions show"),
    "progress_sessions": N_("Sessions, the latest first"),
    "progress_since": N_("Since when?"),
    "progress_take": N_("Take them along"),
    "progress_weeks_13": N_("The last 3 months"),
    "progress_weeks_4": N_("The last 4 weeks"),
    "progress_weeks_52": N_("The last 12 months"),
    "progress_weeks_all": N_("From the beginning"),
    "progress_whose": N_("Whose?"),
    "report_failed": N_("The report could not be made. Please load this page again."),
    "running_now": N_("It is running now, and can be deleted once it is over."),
    "running_stays": N_("The session that is running now stays."),
    "session_deleted": N_("The session is deleted."),
    "session_goes": N_("All that is kept of the session “{title}” of {day} goes."),
    "session_of": N_("{title}, {day}"),
    "session_report": wording.REPORT_SESSION,
    "table_csv": N_("Table (CSV)"),
    "table_parquet": N_("Table (Parquet)"),
    # --- psoas care ----------------------------------------------------------------------------------------------------
    # --- settings ------------------------------------------------------------------------------------------------------
    "calibrate": N_("Calibrate"),
    "calibrate_again": N_("Calibrate again"),
    "calibrate_what": N_(
        "Stand straight, side-on, for three seconds, then lie flat for three. By how much the camera reads you as bent then is "
        "taken off later. Leave it where it is for the stretches."
    ),
    "calibration_title": N_("Calibration of {profile}"),
    "camera_look": N_("Look for cameras"),
    "camera_remembered": N_("This browser takes the same camera next time."),
    "captions_always": N_("What is said stands on the page as well, always."),
    "delete_profile": N_("Delete {profile}"),
    "delete_profile_question": N_("Delete the profile {profile}, and what was kept of its sessions?"),
    "delete_profile_yes": N_("Delete them"),
    "keep_profile": N_("Keep them"),
    "language": N_("Language"),
    "loudness": N_("How loud the sounds are: {percent} %"),
    "mirror": N_("Show my picture as a mirror does"),
    "motion_reduced": N_("Less motion"),
    "new_profile": N_("Somebody new"),
    "new_profile_name": N_("Name: small letters, digits, - and _"),
    "no_local_voice": N_("This browser has no voice of this machine for this language, so sentences are only shown."),
    "person_remembered": N_("Chosen here, it is the one that every plan begins with."),
    "profile_taken": N_("Baseline of {date}"),
    "settings_here": N_(
        "Voice, sounds, looks and camera are kept by this browser; language and person by formcheck, on this machine."
    ),
    "settings_looks": N_("Looks"),
    "settings_person": N_("Who it is"),
    "sounds_on": N_("Sounds"),
    "speed": N_("How fast it speaks: {percent} %"),
    "test_sentence": wording.PRAISE,
    "test_sounds": N_("Let me hear the sounds"),
    "test_voice": N_("Let me hear the voice"),
    "theme": N_("Colours"),
    "theme_contrast": N_("High contrast"),
    "theme_dark": N_("Dark"),
    "theme_light": N_("Light"),
    "theme_system": N_("As the system has them"),
    "type_size": N_("Size of the type: {percent} %"),
    "voice": N_("Voice"),
    "voice_any": N_("The browser's own choice"),
    "voice_on": N_("Speak sentences"),
}


def as_shown(message: Any) -> Any:
    """Return a message for the page with every sentence in it as the person reads it."""
    match message:
        case str():
            return shown(message)
        case Mapping():
            return {key: as_shown(value) for key, value in message.items()}
        case list() | tuple():
            return [as_shown(value) for value in message]
    return message


def shown_words() -> dict[str, str | list[str]]:
    """Return every sentence of the page as it is shown; one with plurals as a list of its forms, in the order of CLDR."""
    return {key: forms(row) if isinstance(row, Counted) else shown(row) for key, row in WORDS.items()}
