"""The list, the questions, a saved answer and a refusal, as the libraries' own pages show them."""

from typing import Any

from auditlog.registry import auditlog
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import modelformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from guardian.shortcuts import get_objects_for_user
from rest_framework import generics, serializers

from quality_markers.assessments.models import Answer, Pass
from reviews.case.models import Deadline, Review, ReviewUserObjectPermission

auditlog.register(Answer)

# guardian asks this of the manager that it makes itself; ours is one of rows with dates.
ReviewUserObjectPermission.objects.is_generic = lambda: False

VIEW = "reviews.view"
FIELDS = ["judgement", "not_applicable_reason", "narrative", "evidence"]


def allowed(user: Any) -> Any:
    return get_objects_for_user(user, VIEW, Review, accept_global_perms=False)


class DeadlineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Deadline
        fields = ["label", "due_on"]


class ReviewSerializer(serializers.ModelSerializer):
    board = serializers.StringRelatedField()
    next_date = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["id", "reference", "pseudonym", "stage", "stage_since", "board", "referred_on"]
        fields += ["next_date"]

    def get_next_date(self, review: Review) -> Any:
        found = review.deadlines.filter(met_on=None).order_by("due_on").first()
        return DeadlineSerializer(found).data if found else None


class Reviews(generics.ListAPIView):
    serializer_class = ReviewSerializer

    def get_queryset(self) -> Any:
        return allowed(self.request.user).select_related("board").order_by("-referred_on")


class OneReview(generics.RetrieveAPIView):
    serializer_class = ReviewSerializer

    def get_queryset(self) -> Any:
        return allowed(self.request.user).select_related("board")


class AnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Answer
        fields = [*FIELDS, "version"]


class OneAnswer(generics.UpdateAPIView):
    serializer_class = AnswerSerializer

    def get_queryset(self) -> Any:
        return Answer.objects.filter(review__in=allowed(self.request.user)).select_for_update()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return self.partial_update(request, *args, **kwargs)


@login_required
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Pass.objects.filter(review__in=allowed(request.user)), pk=pk)
    Answers = modelformset_factory(Answer, fields=FIELDS, extra=0)
    rows = found.answers.select_related("question__marker", "by")
    formset = Answers(queryset=rows.order_by("question__marker__number", "question__number"))
    return render(request, "questions.html", {"formset": formset})


urlpatterns = [
    path("reviews/", Reviews.as_view()),
    path("reviews/<uuid:pk>/", OneReview.as_view()),
    path("questions/<int:pk>", questions),
    path("answers/<int:pk>", OneAnswer.as_view()),
]
