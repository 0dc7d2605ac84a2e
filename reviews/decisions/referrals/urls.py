from django.urls import path

from reviews.decisions.referrals.views import (
    links,
    priorities,
    received,
    refer,
    referral,
    sending,
    sent,
)

urlpatterns = [
    path("refer", refer.refer, name="refer"),
    path("refer/<slug:board>/check", refer.refer_check, name="refer_check"),
    path("refer/<slug:board>/<slug:step>", refer.refer_step, name="refer_step"),
    path("send/<slug:board>/", sending.send, name="send_referral"),
    path("send/<slug:board>/check", sending.send_check, name="send_referral_check"),
    path("sent/<int:pk>/", sent.sent, name="sent_referral"),
    path("sent/<int:pk>/copy.<slug:kind>", sent.copy, name="sent_referral_copy"),
    path("guest/<str:token>/refer/", sending.guest, name="guest_referral"),
    path("guest/<str:token>/refer/check", sending.guest_check, name="guest_referral_check"),
    path("guest/<str:token>/sent/", sent.guest, name="guest_referral_sent"),
    path("guest/<str:token>/sent/copy.<slug:kind>", sent.guest_copy, name="guest_referral_copy"),
    path("received/<slug:board>/", received.received_list, name="received_referrals"),
    path("received/<slug:board>/links/", links.links, name="referral_links"),
    path("received/<slug:board>/links/<int:link>/more", links.more, name="referral_link_more"),
    path(
        "received/<slug:board>/links/<int:link>/withdraw",
        links.withdraw,
        name="referral_link_withdraw",
    ),
    path("received/<slug:board>/<int:pk>/", received.received, name="received_referral"),
    path("priorities/<slug:board>/", priorities.priorities, name="priorities"),
    path("priorities/<slug:board>/<int:pk>/end", priorities.end, name="priority_end"),
    path("<uuid:review>/referred", referral.referred, name="referred"),
    path("<uuid:review>/referral", referral.referral, name="referral"),
    path("<uuid:review>/referral/edit", referral.referral_edit, name="referral_edit"),
]
