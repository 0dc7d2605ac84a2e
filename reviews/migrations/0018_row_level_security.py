"""PostgreSQL gives rows of a case to nobody who has no part in it."""

from django.db import migrations

from scr_portal.core.row_security import BOARDS, PERSON, PORTAL, case_rows, reaches

TABLES = """
    reviews_accessitem reviews_accesspart reviews_agencyreturn reviews_assurancestep
    reviews_briefing reviews_child reviews_clausetest reviews_comment reviews_deadline
    reviews_decision reviews_dissent reviews_document reviews_documentversion reviews_earliertext
    reviews_emergency reviews_engagement reviews_extension reviews_factornote reviews_gathering
    reviews_governance reviews_impasse reviews_independencedeclaration reviews_inputrequest
    reviews_meeting reviews_nationalnotification reviews_neighbourcheck reviews_parallelprocess
    reviews_partnership reviews_pause reviews_peerchallenge reviews_preservationnotice
    reviews_purposestatement reviews_receipt reviews_recommendation reviews_referral
    reviews_responsibility reviews_round reviews_section reviews_signature reviews_stagechange
    reviews_telling reviews_tellingwaiver reviews_terms reviews_termsagency reviews_termsversion
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_the_applications_role"),
        ("reviews", "0017_reviews_are_opened_in_an_emergency"),
    ]

    operations = [
        *case_rows("reviews_review", using=reaches(review="id")),
        *case_rows(*TABLES.split()),
        # Their own rows say to people what they may do at all, and what is closed to them.
        *case_rows("reviews_appointment", "reviews_recusal", also=f"user_id = {PERSON}"),
        *case_rows(
            "reviews_reviewuserobjectpermission",
            using=f"user_id = {PERSON} OR EXISTS "
            "(SELECT FROM reviews_review one WHERE one.id = content_object_id)",
        ),
        # What outlives a review keeps its number.
        *case_rows("reviews_hold", "reviews_longer", "reviews_disposal"),
        *case_rows(
            "reviews_disposalfile",
            using="EXISTS (SELECT FROM reviews_disposal one WHERE one.id = disposal_id)",
        ),
        *case_rows("reviews_accessrequest", using=f"{PORTAL} OR board_id = {BOARDS}"),
        *case_rows("reviews_receivedreferral", also=f"by_id = {PERSON}"),
        *case_rows(
            "reviews_review_partner_boards",
            using="EXISTS (SELECT FROM reviews_review one WHERE one.id = review_id)",
        ),
    ]
