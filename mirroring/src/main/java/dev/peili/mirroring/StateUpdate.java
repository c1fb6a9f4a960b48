package dev.peili.mirroring;

/** From an owner: there is something new for you. What it is waits in the link, where later turns still replace it. */
final class StateUpdate extends QuietMessage {
    private final Link link;

    StateUpdate(Link link) {
        this.link = link;
    }

    Link link() {
        return link;
    }

    @Override
    void handle(Node receiver) {
        link.deliver(receiver);
    }

    @Override
    public String toString() {
        return "StateUpdate from " + link.owner.path();
    }
}
