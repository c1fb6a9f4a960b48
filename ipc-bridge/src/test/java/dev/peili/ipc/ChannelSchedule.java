package dev.peili.ipc;

import dev.peili.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One schedule of a channel, from its opening to its end. */
final class ChannelSchedule {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(11);
    /** Longer than any back-off. */
    private static final int CALMING = 6;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final Ledger ledger;
    private final Script script;
    private final Side listening;
    private final ActorRef<Channel.Command> listener;
    private final ActorRef<Channel.Command> connector;
    /** How the channel has ended for the one that opened it, if not as wanted. */
    private Optional<CloseReason> failure = Optional.empty();

    ChannelSchedule(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.random = simulation.random();
        this.ledger = new Ledger(simulation, coverage);
        this.script = new Script(ledger);
        this.listening = random.nextBoolean() ? Side.PARENT : Side.CHILD;
        this.listener = simulation.spawn(Channel.listen(() -> newSide(listening)), "listener");
        this.connector =
                simulation.spawn(observed(Channel.connect(listener, () -> newSide(listening.other()))), "connector");
    }

    private ModelSide newSide(Side side) {
        return random.nextInt(4) == 0
                ? new ModelSide.Sorting(ledger, script, side)
                : new ModelSide(ledger, script, side);
    }

    private Behavior<Channel.Command> observed(Behavior<Channel.Command> behavior) {
        return Behaviors.intercept(
                () -> new BehaviorInterceptor<Channel.Command, Channel.Command>(Channel.Command.class) {
                    @Override
                    public Behavior<Channel.Command> aroundReceive(
                            TypedActorContext<Channel.Command> context,
                            Channel.Command message,
                            ReceiveTarget<Channel.Command> target) {
                        try {
                            return target.apply(context, message);
                        } catch (ChannelClosedException e) {
                            failure = Optional.of(e.reason());
                            ledger.coverage.count("connector failed with " + e.reason());
                            throw e;
                        }
                    }
                },
                behavior);
    }

    // --- Running ----------------------------------------------------------------------------------------------------

    /** Until both sides have begun, or it is closed before. */
    void open() {
        if (random.nextInt(40) == 0) {
            closeAfter(random.nextInt(12));
        }
    }

    void closeAfter(int steps) {
        for (int i = 0; i < steps; i++) {
            simulation.step();
        }
        ledger.coverage.count("closed at once");
        end();
    }

    void run() {
        while (!script.isOver()) {
            if (random.nextInt(4) == 0 || !simulation.step()) {
                act();
            }
            if (random.nextInt(50) == 0) {
                simulation.runFor(MOMENT);
            }
            ledger.check();
        }
    }

    private void act() {
        int what = random.nextInt(150);
        if (what == 0) {
            ledger.coverage.count("closed before the end");
            end();
        } else if (what < 14) {
            ledger.coverage.count(ledger.groups.change());
        } else if (what < 18) {
            live().ifPresent(half -> script.send(half, ""));
        } else if (what < 20) {
            live().filter(half -> half.actor.level != Level.LEAF)
                    .ifPresent(half -> script.outsideOfTurn(half, "in no turn"));
        } else {
            List<ModelHalf> all = ledger.halves().stream()
                    .filter(half -> half.ref.isPresent())
                    .toList();
            if (all.isEmpty()) {
                // Nobody will act if the channel does not open.
                if (!simulation.step()) {
                    simulation.runFor(MOMENT);
                    script.waste();
                }
            } else {
                all.get(random.nextInt(all.size())).ref.orElseThrow().tell(new Script.Kick());
                script.waste();
            }
        }
    }

    private Optional<ModelHalf> live() {
        List<ModelHalf> live =
                ledger.halves().stream().filter(ModelHalf::isLive).toList();
        return live.isEmpty() ? Optional.empty() : Optional.of(live.get(random.nextInt(live.size())));
    }

    private void calm() {
        script.end();
        ledger.groups.resumeAll();
        for (int i = 0; i < CALMING; i++) {
            while (simulation.step()) {
                ledger.check();
            }
            simulation.runFor(MOMENT);
            ledger.check();
        }
    }

    // --- Ending -----------------------------------------------------------------------------------------------------

    private void end() {
        ledger.isChannelEnding = true;
        String how;
        switch (random.nextInt(5)) {
            case 0 -> {
                connector.tell(new Channel.Close());
                how = "by the connector";
            }
            case 1 -> {
                listener.tell(new Channel.Close());
                how = "by the listener";
            }
            case 2 -> {
                stop(connector);
                how = "by stopping the connector";
            }
            case 3 -> {
                stop(listener);
                how = "by stopping the listener";
            }
            default -> {
                ModelHalf top = ledger.top().half(random.nextBoolean() ? Side.PARENT : Side.CHILD);
                if (top.isLive()) {
                    script.delete(top);
                    how = "by deleting the top";
                } else {
                    connector.tell(new Channel.Close());
                    how = "by the connector";
                }
            }
        }
        ledger.coverage.count("closed " + how);
    }

    private static void stop(ActorRef<?> actor) {
        Adapter.toClassic(actor).tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }

    void close() {
        if (!ledger.isChannelEnding) {
            end();
        }
        calm();
    }

    // --- Checks -----------------------------------------------------------------------------------------------------

    void checkQuiet() {
        calm();
        ledger.halves().forEach(ModelHalf::checkIdle);
        if (isOpen()) {
            ledger.coverage.count("quiet with the channel open");
            for (Side side : Side.values()) {
                checkIdle(side, ledger.top().half(side).handle().core());
            }
        }
        ledger.check();
    }

    private boolean isOpen() {
        return !ledger.top().isDoomed();
    }

    private void checkIdle(Side side, ChannelCore core) {
        long inFlight = core.flow().inFlight();
        ledger.expect(
                inFlight >= 0 && inFlight < ledger.channelWindow / 4,
                "I7: everything is handled, and " + inFlight + " bytes are in flight on the " + side + " side");
        long live = ledger.known(side).stream().filter(ModelHalf::isLive).count();
        ledger.expect(
                core.snapshot().actors() == live,
                "I5: " + live + " actors are live on the " + side + " side, not "
                        + core.snapshot().actors());
    }

    /** Whoever is live is heard. */
    void checkLastMessages() {
        if (isOpen()) {
            for (ModelHalf half : ledger.halves()) {
                if (half.isLive()) {
                    ledger.expect(script.send(half, ""), "I7: " + half + " cannot send, but nothing is in flight");
                    ledger.coverage.count("last messages sent");
                }
            }
            checkQuiet();
        }
    }

    void checkClosed() {
        ledger.halves().forEach(ModelHalf::checkIdle);
        boolean mayBeUnanswered = ledger.top().half(listening.other()).target.isEmpty();
        if (!hasEnded(connector) && mayBeUnanswered) {
            simulation.runFor(CONNECT_TIMEOUT);
            ledger.coverage.count("not answered");
        }
        ledger.expect(hasEnded(connector), "I5: the channel has ended, and " + connector + " has not");
        failure.ifPresent(reason -> ledger.expect(
                reason == CloseReason.TOP_LEVEL_ENDED
                        || (mayBeUnanswered
                                && (reason == CloseReason.REFUSED || reason == CloseReason.CONNECT_TIMEOUT)),
                "I6: the channel was closed: " + reason));
        if (!hasEnded(listener)) {
            listener.tell(new Channel.Close());
            calm();
            ledger.expect(hasEnded(listener), "I5: " + listener + " waits for a channel that has ended");
        }
        ledger.check();
    }

    @SuppressWarnings("deprecation")
    private static boolean hasEnded(ActorRef<?> actor) {
        return ((InternalActorRef) Adapter.toClassic(actor)).isTerminated();
    }
}
