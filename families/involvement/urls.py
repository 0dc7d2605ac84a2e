from families.involvement import contacts_urls, deciding_urls

urlpatterns = [*deciding_urls.urlpatterns, *contacts_urls.urlpatterns]
