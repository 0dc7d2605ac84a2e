from django.urls import path

from reviews.decisions.referrals import views

urlpatterns = [
    path("refer", views.refer, name="refer"),
    path("refer/<slug:board>/check", views.refer_check, name="refer_check"),
    path("refer/<slug:board>/<slug:step>", views.refer_step, name="refer_step"),
    path("<uuid:review>/referred", views.referred, name="referred"),
    path("<uuid:review>/referral", views.referral, name="referral"),
    path("<uuid:review>/referral/edit", views.referral_edit, name="referral_edit"),
]
