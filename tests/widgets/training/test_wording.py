from __future__ import annotations

from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.wording import choice_words, exercise_words, value_words

BY_ID = {exercise.id: exercise for exercise in exercises()}


def test_an_exercise_may_have_words_of_its_own_for_what_is_foreseen():
    assert choice_words(BY_ID["floor-of-three"], "same", "vi") == "Không còn suất nào"
    assert choice_words(BY_ID["turns-and-ladder"], "less", "vi") == "Giảm đi rõ rệt"


def test_values_are_written_as_they_are_meant():
    floor, pooling = BY_ID["floor-of-three"].controls
    assert value_words(BY_ID["floor-of-three"], floor, 0.65, "vi") == "65%"
    assert value_words(BY_ID["floor-of-three"], pooling, "all", "vi") == "Tính chung mười đơn vị"
    rest = BY_ID["cooling-off"].controls[0]
    assert value_words(BY_ID["cooling-off"], rest, 3, "en") == "3"


def test_texts_come_in_both_languages():
    assert exercise_words(BY_ID["cooling-off"], "title", "vi") != exercise_words(BY_ID["cooling-off"], "title", "en")
