package dev.peili.mirroring;

/** To an owner: the actor at the other end has stopped. */
final class LinkEnded extends Notice {
    private final Link link;

    LinkEnded(Link link) {
        this.link = link;
    }

    Link link() {
        return link;
    }

    @Override
    void tell(Node receiver) {
        receiver.targetEnded(link);
    }
}
