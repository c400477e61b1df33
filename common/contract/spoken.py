"""The questions that can be spoken aloud, in the order of the talk; held against the dialogue."""

SPOKEN_STEPS: tuple[str, ...] = (
    *("language", "welcome", "who_for", "helper_name", "helper_relation", "safe_now", "postcode"),
    *("practice", "residence", "not_eligible", "concerns", "name", "date_of_birth", "phone"),
    *("other_contact", "other_detail", "send_now", "own_words", "name_to_use", "safe_call"),
    *("safe_voicemail", "safe_text", "who_answers", "best_time", "call_language", "interpreter"),
    *("worker_gender", "access_needs", "review", "safe_check", "after_help", "callme_language"),
    *("callme_phone", "callme_safe", "change", "resume", "sending", "sent", "about_gender"),
    *("about_ethnicity", "feedback_easy", "feedback_understood", "new_phone", "withdraw"),
)
