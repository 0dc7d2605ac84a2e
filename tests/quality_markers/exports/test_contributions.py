from quality_markers.exports import operations
from quality_markers.exports.contributions import jobs


def test_the_jobs_page_names_a_review_only_to_who_may_see_it(assessment, ask, cast, review):
    ask(assessment)
    [seen] = jobs(cast.unit, cast.board)
    assert (seen.reference, seen.state, seen.attempts) == (review.reference, "waiting", 0)
    [unseen] = jobs(cast.administrator, cast.board)
    assert unseen.reference == ""
    assert jobs(cast.outsider, cast.other_board) == []
    operations.sweep()
    assert jobs(cast.unit, cast.board) == []
