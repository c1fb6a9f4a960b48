package dev.peili.ipc;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.stress.Told;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Both halves of a top-level actor, one of which sends. Nobody runs them, and there are no endpoints: the actors of a test do
 * what a turn of either would, and what the I/O dispatcher does with a frame is done where it is written.
 */
final class Halves {
    private static final ActorSystem<Void> SYSTEM = ActorSystem.create(
            Behaviors.empty(),
            "stress",
            ConfigFactory.parseString("pekko.daemonic = on, pekko.jvm-shutdown-hooks = off, pekko.actor {"
                            + "serializers.zeros = \"" + Letter.Zeros.class.getName() + "\","
                            + "serialization-bindings.\"" + Letter.class.getName() + "\" = zeros }")
                    .withFallback(ConfigFactory.load()));
    private static final EventTarget TARGET = Groups.get(SYSTEM).root().eventTargetFor(TaskCategory.OTHER);

    /** Larger than any test fills it. */
    static final int WIDE = 1 << 20;

    private final ChannelCore sending;
    private final ChannelCore receiving;
    /** What the half that sends was told. */
    private final Told<Object> told = new Told<>();

    private final Told<Object> received = new Told<>();

    private Halves(int actorWindow, long channelWindow) {
        sending = core(Side.PARENT, actorWindow, channelWindow);
        receiving = core(Side.CHILD, actorWindow, channelWindow);
    }

    /** Two in one process: messages are put where they are handled, and count for the actor's window only. */
    static Halves direct(int actorWindow) {
        Halves halves = new Halves(actorWindow, WIDE);
        halves.sending.connectDirectly(halves.receiving);
        halves.receiving.connectDirectly(halves.sending);
        return halves.connected();
    }

    /** Two whose messages are bytes on the way, and count for both windows. */
    static Halves serialized(int actorWindow, long channelWindow) {
        return new Halves(actorWindow, channelWindow).connected();
    }

    private Halves connected() {
        sending.connect(new Way(receiving));
        receiving.connect(new Way(sending));
        receiving.reportWithin(sending.windows());
        begin(sending, told);
        begin(receiving, received);
        return this;
    }

    private static void begin(ChannelCore core, Told<Object> told) {
        core.add(core.topActor(), 0, TARGET);
        core.topActor().inbox().opened(told);
    }

    /** One side of a channel that is not open. */
    static ChannelCore core(Side side, int actorWindow, long channelWindow) {
        Duration never = Duration.ofDays(1);
        int maxFrame = Letter.LONGEST + 100;
        return new ChannelCore(
                SYSTEM,
                new Told<>(),
                new Top(side),
                new ProtocolTree(Letter.LETTER),
                new IpcSettings(
                        never, true, actorWindow, channelWindow, maxFrame, maxFrame, never, never, never, never));
    }

    /** What a half does that sends a message: 1 if it was sent, 0 if it was refused because the channel is full. */
    int send() {
        return trySend(new Letter.Page(0)) ? 1 : 0;
    }

    /** The same with a message that is never sent: 0 if there was not even room, 1 if it was found to be too long. */
    int sendTooMuch() {
        try {
            return trySend(new Letter.Page(Letter.LONGEST + 200)) ? -1 : 0;
        } catch (IllegalArgumentException tooLong) {
            return 1;
        }
    }

    private boolean trySend(Letter letter) {
        try {
            sending.send(sending.topActor(), Letter.LETTER.typeOf(letter.getClass()), letter);
            return true;
        } catch (ChannelFullException e) {
            return false;
        }
    }

    /** What the half does that sends and constructs an actor whose manager has ended: 0 if there was no room, or else 1. */
    int constructForNobody() {
        ProtocolActor<Letter> manager = actor(null);
        manager.inbox().opened(told);
        Letter.Open open = new Letter.Open();
        try {
            sending.construct(manager, actor(manager), TARGET, Letter.SHEET.typeOf(Letter.Open.class), open);
            return 1;
        } catch (ChannelFullException e) {
            return 0;
        }
    }

    private ProtocolActor<Letter> actor(@Nullable ProtocolActor<?> manager) {
        return new ProtocolActor<>(sending, Letter.SHEET, manager, self -> Behaviors.empty(), new Inbox(sending));
    }

    /** In turns of the half that receives: it handles what has come so far. */
    void handle() {
        while (received.messages().peek() != null) {
            handleOne();
        }
    }

    /** In a turn of the half that receives: it handles its first message, which has come. */
    void handleOne() {
        ProtocolActor<?> actor = receiving.topActor();
        actor.inbox().handled(actor, (Incoming) received.messages().remove());
    }

    /** 1 if the half that sends was told that there is room. */
    int told() {
        return Math.min(1, told.count(ChannelWritable.class));
    }

    private static final class Top extends TopLevelProtocol<Letter> {
        Top(Side side) {
            super(Letter.LETTER, side);
        }

        @Override
        protected Behavior<Letter> create(ProtocolActor<Letter> self) {
            return Behaviors.empty();
        }
    }

    /** Does at once what the other endpoint would do with a frame. */
    private record Way(ChannelCore other) implements Wire {
        @Override
        public void message(ProtocolActor<?> actor, MessageType type, ProtocolMessage message, byte[] payload) {
            other.topActor().inbox().deliver(new Incoming(message, Flow.FRAME + payload.length, null));
        }

        @Override
        public void messagesHandled(long actor, long messages) {
            other.confirm(other.topActor(), messages);
        }

        @Override
        public void bytesHandled(long bytes) {
            other.confirm(bytes);
        }

        @Override
        public void constructor(
                ProtocolActor<?> actor,
                long id,
                MessageType type,
                ProtocolMessage arguments,
                byte[] payload,
                @Nullable Inbox twins) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(long actor, ActorDestroy why) {}

        @Override
        public void close(CloseReason reason, String detail) {}

        @Override
        public void flush() {}

        @Override
        public void beat() {}
    }
}
