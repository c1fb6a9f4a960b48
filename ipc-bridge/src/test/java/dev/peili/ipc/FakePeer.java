package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.testkit.SimulatedProbe;
import dev.peili.testkit.Simulation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A parent side that writes its packets by hand, against an endpoint on the child side: legal frames, of which some packets
 * are spoiled, or one frame is a lie.
 */
final class FakePeer {
    /** What is well written, and must not be said. */
    enum Lie {
        NONE,
        UNKNOWN_ACTOR,
        UNKNOWN_MANAGER,
        UNKNOWN_PROTOCOL,
        UNKNOWN_TYPE,
        WRONG_DIRECTION,
        USED_ID,
        ID_OF_THE_OTHER_SIDE,
        NOT_MANAGED,
        CONSTRUCTOR_AS_MESSAGE,
        MESSAGE_AS_CONSTRUCTOR,
        GARBAGE_PAYLOAD,
        OTHER_MANIFEST,
        DELETE_OF_UNKNOWN,
        TOO_MANY_HANDLED,
        TOO_MANY_BYTES,
        TOO_LONG
    }

    private static final int MID = 1;
    private static final int LEAF = 2;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final Coverage coverage;
    private final Payloads payloads;
    private final FrameWriter writer = new FrameWriter();
    private final List<byte[]> packets = new ArrayList<>();
    private final SimulatedProbe<Endpoint.Command> peer;
    private final SimulatedProbe<Endpoint.Ended> owner;
    private final ActorRef<Endpoint.Command> endpoint;

    /** The ids of live actors that manage leaves, and of all that are live. */
    private final List<Long> managers = new ArrayList<>();

    private final List<Long> live = new ArrayList<>();
    private long lastId;
    private int serial;
    private int started;
    private int handled;
    private int told;
    private int stopped;

    FakePeer(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.random = simulation.random();
        this.coverage = coverage;
        IpcSettings settings = IpcSettings.of(simulation.system());
        this.payloads = new Payloads(simulation.system(), settings.maxFrame());
        this.peer = simulation.createProbe("peer", Endpoint.Command.class);
        this.owner = simulation.createProbe("owner", Endpoint.Ended.class);
        Handshake.Connect connect = new Handshake.Connect(
                new ProtocolTree(Level.Top.PROTOCOL).description(),
                Side.PARENT,
                new Handshake.Windows(settings.actorWindow(), settings.channelWindow()),
                peer.ref(),
                null);
        this.endpoint = simulation.spawn(
                Endpoint.create(new Child(), settings, new Endpoint.Connecting.Accepting(connect), owner.ref()),
                "endpoint",
                Endpoint.PROPS);
        peer.expectMessageClass(Handshake.Accept.class);
        simulation.runUntilIdle();
        packets.clear();
    }

    // --- The side that is tested ------------------------------------------------------------------------------------

    private final class Child extends TopLevelProtocol<Level.Top> {
        Child() {
            super(Level.Top.PROTOCOL, Side.CHILD);
            onConstructor(Level.Mid.PROTOCOL, Level.Mid.Make.class, (self, make) -> actor(self));
            onConstructor(Level.Leaf.PROTOCOL, Level.Leaf.Make.class, (self, make) -> actor(self));
        }

        @Override
        protected Behavior<Object> create(ProtocolActor<Level.Top> self) {
            return actor(self);
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
        }
    }

    private Behavior<Object> actor(ProtocolActor<?> self) {
        started++;
        return Behaviors.receive(Object.class)
                .onMessage(Level.Numbered.class, step -> {
                    handled++;
                    if (self.isLive() && self.isWritable() && random.nextInt(4) == 0) {
                        Level level = Level.valueOf(
                                self.protocol().name().substring(1).toUpperCase(Locale.ROOT));
                        Level.send(self, level.step(step.serial(), ""));
                    }
                    return Behaviors.same();
                })
                .onSignal(ActorDestroy.class, why -> {
                    told++;
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, stop -> {
                    stopped++;
                    return Behaviors.same();
                })
                .build();
    }

    // --- Legal frames -----------------------------------------------------------------------------------------------

    private byte[] step() {
        return payloads.write(Level.Leaf.PROTOCOL, new Level.Leaf.Step(++serial, "-".repeat(random.nextInt(9))));
    }

    private byte[] make(int protocol, boolean isOrphan) {
        return protocol == MID
                ? payloads.write(Level.Mid.PROTOCOL, new Level.Mid.Make(1))
                : payloads.write(Level.Leaf.PROTOCOL, isOrphan ? new Level.Leaf.Orphan(1) : new Level.Leaf.Make(1));
    }

    private static int typeOf(Class<?> type) {
        Protocol<?> protocol = type.getName().contains("Mid")
                ? Level.Mid.PROTOCOL
                : type.getName().contains("Top") ? Level.Top.PROTOCOL : Level.Leaf.PROTOCOL;
        return protocol.types().stream()
                .filter(known -> known.type() == type)
                .findFirst()
                .orElseThrow()
                .index();
    }

    private void write() {
        switch (random.nextInt(9)) {
            case 0, 1 -> construct(MID, 0);
            case 2, 3 -> construct(LEAF, managers.isEmpty() ? 0 : managers.get(random.nextInt(managers.size())));
            case 4 -> {
                if (!live.isEmpty()) {
                    Long id = live.remove(random.nextInt(live.size()));
                    managers.remove(id);
                    writer.delete(id, new ActorDestroy(DestroyReason.DELETED, "no longer wanted"));
                }
            }
            case 5 -> writer.heartbeat();
            case 6 -> writer.credit(0);
            default -> message(live.isEmpty() ? 0 : live.get(random.nextInt(live.size())));
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void construct(int protocol, long manager) {
        boolean isOrphan = protocol == LEAF && random.nextInt(10) == 0;
        Class<?> type =
                protocol == MID ? Level.Mid.Make.class : isOrphan ? Level.Leaf.Orphan.class : Level.Leaf.Make.class;
        lastId += 1 + random.nextInt(2);
        writer.constructor(lastId, manager, protocol, typeOf(type), make(protocol, isOrphan));
        live.add(lastId);
        if (protocol == MID) {
            managers.add(lastId);
        }
    }

    private void message(long id) {
        Class<?> type =
                id == 0 ? Level.Top.Step.class : managers.contains(id) ? Level.Mid.Step.class : Level.Leaf.Step.class;
        // All steps have the same components.
        writer.message(id, typeOf(type), step());
    }

    // --- Lies -------------------------------------------------------------------------------------------------------

    private void write(Lie lie) {
        int leaf = typeOf(Level.Leaf.Make.class);
        byte[] make = make(LEAF, false);
        switch (lie) {
            case NONE -> writer.heartbeat();
            case UNKNOWN_ACTOR -> writer.message(lastId + 1, 0, step());
            case UNKNOWN_MANAGER -> writer.constructor(lastId + 1, lastId + 1, LEAF, leaf, make);
            case UNKNOWN_PROTOCOL -> writer.constructor(lastId + 1, 0, 3, leaf, make);
            case UNKNOWN_TYPE -> writer.message(0, 2 + random.nextInt(60_000), step());
            case WRONG_DIRECTION -> writer.message(0, typeOf(Level.Top.Up.class), step());
            case USED_ID -> {
                construct(LEAF, 0);
                writer.constructor(1 + random.nextInt((int) lastId), 0, LEAF, leaf, make);
            }
            case ID_OF_THE_OTHER_SIDE ->
                writer.constructor(random.nextBoolean() ? -1 : Long.MIN_VALUE, 0, LEAF, leaf, make);
            case NOT_MANAGED -> {
                construct(MID, 0);
                writer.constructor(lastId + 1, lastId, MID, typeOf(Level.Mid.Make.class), make(MID, false));
            }
            case CONSTRUCTOR_AS_MESSAGE -> {
                construct(MID, 0);
                writer.message(lastId, typeOf(Level.Mid.Make.class), make(MID, false));
            }
            case MESSAGE_AS_CONSTRUCTOR ->
                writer.constructor(lastId + 1, 0, LEAF, typeOf(Level.Leaf.Step.class), step());
            case GARBAGE_PAYLOAD -> {
                byte[] garbage = new byte[random.nextInt(40)];
                random.nextBytes(garbage);
                if (garbage.length > 2) {
                    // No manifest, and no map.
                    garbage[0] = 0;
                    garbage[1] = 0;
                    garbage[2] = 1;
                }
                writer.message(0, typeOf(Level.Top.Step.class), garbage);
            }
            case OTHER_MANIFEST -> {
                byte[] name = Level.Leaf.Make.class.getName().getBytes(StandardCharsets.UTF_8);
                byte[] payload = new byte[2 + name.length + make.length - 2];
                payload[1] = (byte) name.length;
                System.arraycopy(name, 0, payload, 2, name.length);
                System.arraycopy(make, 2, payload, 2 + name.length, make.length - 2);
                writer.message(0, typeOf(Level.Top.Step.class), payload);
            }
            case DELETE_OF_UNKNOWN ->
                writer.delete(
                        random.nextBoolean() ? lastId + 1 : Long.MIN_VALUE,
                        new ActorDestroy(DestroyReason.DELETED, "never there"));
            case TOO_MANY_HANDLED -> writer.actorCredit(0, 1000);
            case TOO_MANY_BYTES -> writer.credit(Long.MAX_VALUE);
            case TOO_LONG -> writer.message(0, typeOf(Level.Top.Step.class), new byte[5000]);
        }
    }

    // --- Playing ----------------------------------------------------------------------------------------------------

    void play() {
        if (random.nextInt(3) == 0) {
            play(any(List.of(Lie.values())), PacketMutation.NONE);
        } else {
            play(Lie.NONE, any(List.of(PacketMutation.values())));
        }
    }

    void play(Lie lie, PacketMutation mutation) {
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            writer.heartbeat();
            for (int k = random.nextInt(6); k > 0; k--) {
                write();
            }
            packets.add(writer.takePacket());
        }
        if (lie != Lie.NONE) {
            write(lie);
            packets.add(writer.takePacket());
        }
        int count = packets.size();
        int spoiled = mutation.apply(packets, random);
        boolean mayClose = mayClose();
        for (byte[] packet : packets) {
            endpoint.tell(new Packet(packet));
            for (int i = random.nextInt(10); i > 0; i--) {
                simulation.step();
            }
        }
        while (simulation.step()) {
            assertThat(owner.size() == 0 || told == started)
                    .as("ended after its actors")
                    .isTrue();
        }
        Optional<FrameLog> answers = answers();
        if (owner.size() > 0) {
            Endpoint.Ended ended = owner.receiveMessage();
            checkClosed(ended, answers, mayClose);
            coverage.count(lie == Lie.NONE ? mutation + " closes" : "lie " + lie);
            assertThat(lie != Lie.NONE || mutation != PacketMutation.NONE)
                    .as("legal frames close the channel: " + ended)
                    .isTrue();
        } else {
            boolean mustClose = lie != Lie.NONE || mutation.isNoticed(spoiled, count);
            assertThat(mustClose).as(lie + ", " + mutation + " is not noticed").isFalse();
            close();
        }
    }

    /** Whether some frame can be read as one that closes the channel in a legal way. */
    private boolean mayClose() {
        FrameReader reader = new FrameReader(4096);
        FrameLog log = new FrameLog();
        try {
            for (byte[] packet : packets) {
                reader.read(packet, log);
            }
        } catch (BadFrameException e) {
            // What comes before it is enough.
        }
        return log.frames.stream().anyMatch(frame -> frame.startsWith("close") || frame.startsWith("delete 0 "));
    }

    /** What the endpoint has sent, which must be readable; empty if it has not sent anything. */
    private Optional<FrameLog> answers() {
        FrameReader reader = new FrameReader(4096);
        FrameLog log = new FrameLog();
        while (peer.size() > 0) {
            Endpoint.Command message = peer.receiveMessage();
            if (message instanceof Packet packet) {
                try {
                    reader.read(packet.bytes(), log);
                } catch (BadFrameException e) {
                    throw new AssertionError("the endpoint has sent what cannot be read: " + e.problem(), e);
                }
            }
        }
        return log.frames.isEmpty() ? Optional.empty() : Optional.of(log);
    }

    private void checkClosed(Endpoint.Ended ended, Optional<FrameLog> answers, boolean mayClose) {
        assertThat(owner.size()).as("more than one end").isZero();
        boolean isBad = ended.reason() == CloseReason.BAD_FRAME || ended.reason() == CloseReason.FRAME_LOST;
        assertThat(isBad || mayClose).as("closed by " + ended).isTrue();
        if (isBad && !mayClose) {
            assertThat(ended.detail()).matches("(?s)frames? -?\\d+[ ,].*");
            assertThat(answers).isPresent();
            List<String> frames = answers.orElseThrow().frames;
            assertThat(frames.get(frames.size() - 1)).startsWith("close " + ended.reason() + " frame");
        }
        checkNobodyIsLeft();
    }

    private void checkNobodyIsLeft() {
        assertThat(told).as("told why").isEqualTo(started);
        assertThat(stopped).as("stopped").isEqualTo(started);
        assertThat(hasEnded(endpoint)).as("the endpoint").isTrue();
    }

    private void close() {
        endpoint.tell(new Endpoint.Close());
        simulation.runUntilIdle();
        assertThat(owner.receiveMessage().reason()).isEqualTo(CloseReason.CLOSED);
        checkNobodyIsLeft();
    }

    /** Whoever spawned the endpoint is stopped. */
    void beStopped() {
        Adapter.toClassic(endpoint).tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
        simulation.runUntilIdle();
        assertThat(answers().orElseThrow().frames)
                .endsWith("close CLOSED the actor that had opened the channel was stopped on the CHILD side");
        checkNobodyIsLeft();
    }

    @SuppressWarnings("deprecation")
    private static boolean hasEnded(ActorRef<?> actor) {
        return ((InternalActorRef) Adapter.toClassic(actor)).isTerminated();
    }

    // --- For long ---------------------------------------------------------------------------------------------------

    /** Constructs and deletes so many times, with messages that come too late. */
    void comeAndGo(int times) {
        SimulatedProbe<ChannelSnapshot> operator = simulation.createProbe("operator", ChannelSnapshot.class);
        long credited = 0;
        for (int i = 1; i <= times; i++) {
            construct(MID, 0);
            long manager = lastId;
            construct(LEAF, manager);
            message(lastId);
            writer.delete(manager, new ActorDestroy(DestroyReason.DELETED, "again"));
            message(lastId);
            construct(LEAF, manager);
            message(lastId);
            endpoint.tell(new Packet(writer.takePacket()));
            simulation.runUntilIdle();
            endpoint.tell(new Endpoint.Look(operator.ref()));
            ChannelSnapshot snapshot = operator.receiveMessage();
            assertThat(snapshot.actors()).isEqualTo(1);
            assertThat(snapshot.dropped()).as("dropped").isGreaterThanOrEqualTo(3L * i);
            assertThat(snapshot.bytesInFlight()).isLessThan(2000);
            credited += snapshot.bytesInFlight();
            writer.credit(credited);
        }
        close();
    }
}
