package dev.peili.examples.webrtc;

import dev.peili.mirroring.CanonicalRef;
import dev.peili.mirroring.EventKey;
import dev.peili.mirroring.Mirror;
import dev.peili.mirroring.MirrorKey;
import dev.peili.mirroring.Mirroring;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Sends the audio of one call, with the state that it mirrors. It looks at that whenever it has to do something, and sees a
 * race if any of it is older than what it has to do.
 */
final class Conduit extends AbstractBehavior<Conduit.Command> {
    static final MirrorKey<Command, Agreed<String>> MID = MirrorKey.create("mid");
    static final MirrorKey<Command, Agreed<Direction>> DIRECTION = MirrorKey.create("direction");
    static final MirrorKey<Command, Agreed<String>> SYNC_GROUP = MirrorKey.create("sync-group");
    static final MirrorKey<Command, Agreed<List<String>>> CODECS = MirrorKey.create("codecs");
    static final EventKey<Command, Tone> TONES = EventKey.create("tones");

    /** How many mirrors it has. */
    static final int MIRRORS = 4;

    /** What it can be told. */
    sealed interface Command {}

    /** It is to connect its mirrors to these. */
    record SetUp(
            CanonicalRef<Agreed<String>> mid,
            CanonicalRef<Agreed<Direction>> direction,
            CanonicalRef<Agreed<String>> syncGroup,
            CanonicalRef<Agreed<List<String>>> codecs)
            implements Command {}

    /** It is to play what this negotiation, or a later one, has come to. */
    record Play(long negotiation) implements Command {}

    /**
     * What became of its call.
     *
     * @param readableAt when it had read all mirrors for the first time, in the nanoseconds of {@link System#nanoTime}
     * @param race whether it has ever seen a state that was too old
     * @param setUps how many messages told it to connect its mirrors
     * @param arrivals how many messages brought a mirror its first value
     */
    record Report(long readableAt, boolean race, int setUps, int arrivals) {}

    private final ActorRef<Script.Command> script;
    private final Mirror<Agreed<String>> mid;
    private final Mirror<Agreed<Direction>> direction;
    private final Mirror<Agreed<String>> syncGroup;
    private final Mirror<Agreed<List<String>>> codecs;
    private int setUps;
    private int arrivals;
    private int readable;
    private long readableAt;
    private boolean toneSent;
    private boolean played;
    private boolean race;

    private Conduit(ActorContext<Command> context, Mirroring<Command> mirroring, ActorRef<Script.Command> script) {
        super(context);
        this.script = script;
        mid = mirroring.mirror(MID, Agreed.nothing(""));
        direction = mirroring.mirror(DIRECTION, Agreed.nothing(Direction.INACTIVE));
        syncGroup = mirroring.mirror(SYNC_GROUP, Agreed.nothing(""));
        codecs = mirroring.mirror(CODECS, Agreed.nothing(List.of()));
        mirroring.watch(this::onChange, mid, direction, syncGroup, codecs);
        mirroring.listener(TONES, this::onTone);
        script.tell(new Script.Ready());
    }

    static Behavior<Command> create(ActorRef<Script.Command> script) {
        return Mirroring.setup((context, mirroring) -> new Conduit(context, mirroring, script));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(SetUp.class, this::onSetUp)
                .onMessage(Play.class, this::onPlay)
                .build();
    }

    private Behavior<Command> onSetUp(SetUp setUp) {
        setUps++;
        mid.connect(setUp.mid());
        direction.connect(setUp.direction());
        syncGroup.connect(setUp.syncGroup());
        codecs.connect(setUp.codecs());
        return Behaviors.same();
    }

    /** Runs once for each message that brings values, after all of them. */
    private void onChange() {
        int now = (int) mirrors().stream().filter(Mirror::isInitialized).count();
        if (now > readable) {
            readable = now;
            arrivals++;
            if (readable == MIRRORS) {
                readableAt = System.nanoTime();
                reportWhenDone();
            }
        }
    }

    private void onTone(Tone tone) {
        toneSent = true;
        expect(tone.negotiation());
    }

    private Behavior<Command> onPlay(Play play) {
        played = true;
        expect(play.negotiation());
        return Behaviors.same();
    }

    private void expect(long negotiation) {
        race |= mirrors().stream().anyMatch(mirror -> mirror.get().negotiation() < negotiation);
        reportWhenDone();
    }

    private void reportWhenDone() {
        if (readable == MIRRORS && toneSent && played) {
            script.tell(new Script.Ended(new Report(readableAt, race, setUps, arrivals)));
        }
    }

    private List<Mirror<? extends Agreed<?>>> mirrors() {
        return List.of(mid, direction, syncGroup, codecs);
    }
}
