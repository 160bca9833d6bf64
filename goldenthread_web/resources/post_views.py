"""Posts the programme depends on, and reviews of how the service works."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.resources import post_services, queries
from goldenthread_web.resources.forms import NewPostForm, PostForm, ReviewForm

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.SEE_MONEY)
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Every post, and whether somebody is in it for good."""
    found = list(queries.posts())
    context = {
        "posts": found,
        "counts": {
            status: sum(one.status == status for one in found)
            for status in ("permanent", "interim", "vacant")
        },
        "day": today(),
        "may_change": cast(User, request.user).may(Permission.KEEP_MONEY),
    }
    return render(request, "resources/posts.html.jinja", context)


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def add_post(request: HttpRequest) -> HttpResponse:
    """Put a post on the list."""
    form = NewPostForm(request.POST or None, today=today())
    asked = Asked(
        title="Add a post",
        caption="Posts",
        lead="A post the programme depends on; never a person’s name.",
        button="Add the post",
        form=form,
        back=reverse("resources:posts"),
        done="The post is on the list.",
        keeps=True,
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: post_services.add_post(**form.cleaned_data, by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody came, went, or is expected at another time."""
    post = get_object_or_404(queries.posts(), pk=pk)
    stored = {name: getattr(post, name) for name in PostForm.base_fields}
    form = PostForm(request.POST or None, initial=stored)
    asked = Asked(
        title=f"Change the post: {post.title}",
        caption="Posts",
        lead="Who is in it now, and since when.",
        button="Save",
        form=form,
        back=reverse("resources:posts"),
        done="Saved.",
        keeps=True,
        version=post.version,
        stored=stored,
    )

    def write() -> None:
        post_services.change_post(
            post, version=version_of(request), **form.cleaned_data, by=cast(User, request.user)
        )

    return answered(request, asked, write)


@page(Permission.SEE_MONEY)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """How pieces of the service work, how they are to work, and what came of it."""
    context = {
        "reviews": queries.reviews(),
        "day": today(),
        "may_change": cast(User, request.user).may(Permission.KEEP_MONEY),
    }
    return render(request, "resources/reviews.html.jinja", context)


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def add_review(request: HttpRequest) -> HttpResponse:
    """Review a piece of how the service works."""
    form = ReviewForm(request.POST or None)
    asked = Asked(
        title="Add a review of a process",
        caption="Reviews of processes",
        lead="How it works now, how it is to work, and from when.",
        button="Add the review",
        form=form,
        back=reverse("resources:reviews"),
        done="The review is there.",
        keeps=True,
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: post_services.add_review(**form.cleaned_data, by=by))


@page(Permission.KEEP_MONEY)
@require_http_methods(ASKS)
def change_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is live, or what came of it."""
    review = get_object_or_404(queries.reviews(), pk=pk)
    stored = {name: getattr(review, name) for name in ReviewForm.base_fields}
    form = ReviewForm(request.POST or None, initial=stored)
    asked = Asked(
        title=f"Change the review: {review.title}",
        caption="Reviews of processes",
        lead="Say that it is live, or what came of it.",
        button="Save",
        form=form,
        back=reverse("resources:reviews"),
        done="Saved.",
        keeps=True,
        version=review.version,
        stored=stored,
    )

    def write() -> None:
        post_services.change_review(
            review, version=version_of(request), **form.cleaned_data, by=cast(User, request.user)
        )

    return answered(request, asked, write)
