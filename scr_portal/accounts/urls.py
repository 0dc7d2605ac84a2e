from django.urls import include, path

from scr_portal.accounts.views import boards, invitation, people, person, profile

app_name = "accounts"

of_a_board = [
    path("", people.people, name="people"),
    path("invite/", people.invite, name="invite"),
    path("agencies/", boards.agencies, name="agencies"),
    path("agencies/<int:pk>/", boards.agency, name="agency"),
    path("closures/", boards.closures, name="closures"),
    path("closures/<int:pk>/remove/", boards.remove_closure, name="remove_closure"),
    path("roles/<int:pk>/end/", person.end_role, name="end_role"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/invitation/again/", person.resend, name="resend"),
    path("<int:pk>/invitation/withdraw/", person.withdraw, name="withdraw"),
    path("<int:pk>/close/", person.close, name="close_account"),
    path("<int:pk>/reopen/", person.reopen, name="reopen_account"),
    path("<int:pk>/second-factor/", person.renew_second_factor, name="renew_second_factor"),
]

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/sign-out-everywhere/", profile.sign_out_everywhere, name="sign_out_everywhere"),
    path("profile/sessions/<str:handle>/end/", profile.end_session, name="end_session"),
    path("keepalive/", profile.keepalive, name="keepalive"),
    path("boards/", boards.boards, name="boards"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("<slug:board>/", include(of_a_board)),
]
