package dev.peili.examples.desk;

import dev.peili.mirroring.Mirror;
import dev.peili.mirroring.MirrorKey;
import dev.peili.mirroring.Mirroring;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Renders quotes on its display. */
final class Viewer {
    static final MirrorKey<Void, Figure> BID = MirrorKey.create("bid");
    static final MirrorKey<Void, Figure> ASK = MirrorKey.create("ask");
    static final MirrorKey<Void, Figure> LAST = MirrorKey.create("last");
    static final MirrorKey<Void, Figure> VOLUME = MirrorKey.create("volume");

    private Viewer() {}

    /** Renders what its mirrors show whenever that has changed. It is sent no messages, and has no cycle of its own. */
    static Behavior<Void> mirroring(Display display) {
        return Mirroring.setup((context, mirroring) -> {
            Mirror<Figure> bid = mirroring.mirror(BID);
            Mirror<Figure> ask = mirroring.mirror(ASK);
            Mirror<Figure> last = mirroring.mirror(LAST);
            Mirror<Figure> volume = mirroring.mirror(VOLUME);
            mirroring.watch(
                    () -> display.render(new Quote(bid.get(), ask.get(), last.get(), volume.get())),
                    bid,
                    ask,
                    last,
                    volume);
            return Behaviors.empty();
        });
    }

    /** Renders each message. */
    static Behavior<Quote> listening(Display display) {
        return Behaviors.receiveMessage(quote -> {
            display.render(quote);
            return Behaviors.same();
        });
    }
}
