package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the actors of one schedule do in their turns, by what its seed says, until so many things have been done. */
final class Script {
    /** A message that does not come through the channel. */
    record Kick() {}

    private static final Duration MOMENT = Duration.ofMillis(1);
    /** So many of them fill the channel. */
    private static final int LONG = 20_000;

    private final Ledger ledger;
    private final RandomGenerator random;
    private final Map<Side, List<ModelActor>> constructed = new EnumMap<>(Side.class);
    private final boolean isStormy;
    private int fuel;
    private int serial;

    Script(Ledger ledger) {
        this.ledger = ledger;
        this.random = ledger.simulation.random();
        this.fuel = 20 + random.nextInt(100);
        this.isStormy = random.nextBoolean();
        for (Side side : Side.values()) {
            constructed.put(side, new ArrayList<>());
        }
    }

    RandomGenerator random() {
        return random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    boolean isOver() {
        return fuel <= 0;
    }

    /** The test has done something itself, or nothing. */
    void waste() {
        fuel--;
    }

    void end() {
        fuel = 0;
    }

    /** What this side has constructed, in this order. */
    List<ModelActor> constructed(Side side) {
        return constructed.getOrDefault(side, List.of());
    }

    private <T> Optional<T> anyOf(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    // --- Behaviors --------------------------------------------------------------------------------------------------

    /** In the first turn of a half. */
    Behavior<Object> begin(ModelHalf half) {
        ledger.expect(
                EventTarget.current().equals(half.target),
                "I1: " + half + " is in " + half.target + ", but is made in " + EventTarget.current());
        if (fuel > 0 && isStormy && oneIn(30)) {
            half.endsBy(DestroyReason.FAILED);
            half.started(false);
            throw new Mishap();
        }
        return Behaviors.intercept(() -> new Overseer(half), supervised(behavior(half)));
    }

    private Behavior<Object> supervised(Behavior<Object> behavior) {
        SupervisorStrategy strategy = switch (random.nextInt(6)) {
            case 0 -> SupervisorStrategy.resume();
            case 1 -> SupervisorStrategy.restart();
            case 2 -> SupervisorStrategy.restartWithBackoff(MOMENT, MOMENT.multipliedBy(2), 0);
            default -> SupervisorStrategy.stop();
        };
        return Behaviors.supervise(behavior).onFailure(strategy);
    }

    private Behavior<Object> behavior(ModelHalf half) {
        return Behaviors.setup(context -> {
            act(half, 4);
            mayFail(half, 16);
            return mayStop(half, 30)
                    ? Behaviors.stopped()
                    : Behaviors.receive(Object.class)
                            .onMessage(Level.Numbered.class, step -> play(half, 3))
                            .onMessage(Kick.class, kick -> play(half, 7))
                            .onSignal(ActorDestroy.class, why -> onDestroy(half))
                            .onSignal(ChannelWritable.class, signal -> onWritable(half))
                            .build();
        });
    }

    private Behavior<Object> play(ModelHalf half, int most) {
        act(half, most);
        mayFail(half, 16);
        return mayStop(half, 40) ? Behaviors.stopped() : Behaviors.same();
    }

    private Behavior<Object> onDestroy(ModelHalf half) {
        act(half, 3);
        mayFail(half, 8);
        return Behaviors.same();
    }

    private Behavior<Object> onWritable(ModelHalf half) {
        List<ModelActor> again = List.copyOf(half.refused);
        half.refused.clear();
        again.forEach(child -> sendConstructor(half, child));
        return play(half, 3);
    }

    private void mayFail(ModelHalf half, int n) {
        if (fuel > 0 && isStormy && oneIn(half.actor.level == Level.TOP ? 8 * n : n)) {
            ledger.coverage.count("throws");
            throw new Mishap();
        }
    }

    private boolean mayStop(ModelHalf half, int n) {
        return fuel > 0 && isStormy && oneIn(half.actor.level == Level.TOP ? 10 * n : n);
    }

    private void act(ModelHalf half, int most) {
        for (int i = random.nextInt(most); i > 0 && fuel > 0 && !ledger.isBroken(); i--) {
            act(half);
        }
    }

    // --- Acts -------------------------------------------------------------------------------------------------------

    private void act(ModelHalf half) {
        fuel--;
        List<ModelHalf> known = ledger.known(half.side);
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4 -> burst(half);
            case 5, 6, 7, 8 -> anyOf(known).ifPresent(this::burst);
            case 9, 10, 11, 12, 13, 14, 15 -> construct(half);
            case 16 -> {
                if (half.actor.level != Level.TOP || oneIn(20)) {
                    delete(half);
                }
            }
            case 17, 18 ->
                anyOf(known)
                        .filter(other -> other.actor.level != Level.TOP || oneIn(20))
                        .ifPresent(this::delete);
            case 19, 20, 21 -> misuse(half);
            case 22, 23 -> Turn.checkpoint();
            default -> constructAndDelete(half);
        }
    }

    private String pad() {
        return switch (random.nextInt(8)) {
            case 0 -> "-".repeat(random.nextInt(LONG));
            case 1 -> "-".repeat(random.nextInt(LONG / 10));
            default -> "";
        };
    }

    private void burst(ModelHalf half) {
        boolean goesOn = true;
        for (int i = random.nextInt(ledger.actorWindow + 3); i >= 0 && goesOn; i--) {
            goesOn = send(half, pad());
        }
    }

    /** From any turn of this side, and from none; whether it was sent. */
    boolean send(ModelHalf half, String pad) {
        ProtocolActor<?> actor = half.handle();
        if (!half.actor.isConstructed && !half.actor.isVoid) {
            expectMisuse(IllegalStateException.class, half + " sends before it is constructed", () -> step(half, pad));
            return false;
        }
        boolean wasLive = actor.isLive();
        boolean wasWritable = actor.isWritable();
        try {
            int number = step(half, pad);
            if (wasLive) {
                ledger.expect(wasWritable, "I7: " + half + " is not writable, and sends");
                half.accepted(number, pad.length());
                checkChannelWindow(half, pad.length());
            } else {
                ledger.coverage.count("sent after the end");
            }
            return wasLive;
        } catch (ChannelFullException e) {
            ledger.expect(!wasWritable, "I7: " + half + " is writable, and refused with " + e.getMessage());
            refused(half, e);
            return false;
        }
    }

    private int step(ModelHalf half, String pad) {
        Level.send(half.handle(), half.actor.level.step(++serial, pad));
        return serial;
    }

    private void refused(ModelHalf half, ChannelFullException e) {
        boolean isActors = String.valueOf(e.getMessage()).contains("peili.ipc.actor-window");
        long bytes = half.handle().core().flow().inFlight();
        // Where there are frames, what has been handled is known later; and one is being handled, perhaps below this
        // turn.
        int mayBeUnknown = ledger.isSerialized ? ledger.actorWindow : Math.max(1, ledger.actorWindow / 4);
        ledger.expect(
                isActors ? half.inFlight() >= ledger.actorWindow - mayBeUnknown : bytes >= ledger.channelWindow,
                "I7: " + half + " has " + half.inFlight() + " messages, and the channel " + bytes
                        + " bytes in flight; it is refused with " + e.getMessage());
        ledger.coverage.count(isActors ? "refused by the actor's window" : "refused by the channel's window");
        half.refused();
    }

    private void checkChannelWindow(ModelHalf half, int length) {
        long counted = half.handle().core().flow().inFlight();
        long known = ledger.known(half.side).stream()
                .filter(each -> each.isLive() && each.other().isLive())
                .mapToLong(ModelHalf::bytesInFlight)
                .sum();
        ledger.expect(
                !ledger.isSerialized || counted >= known,
                "I7: " + counted + " bytes are in flight on the " + half.side + " side, not " + known);
        ledger.expect(
                counted <= ledger.channelWindow + length + 64L * (ledger.actors.size() * 2 + 20),
                "I7: " + counted + " bytes are in flight on the " + half.side + " side");
    }

    // --- Constructing -----------------------------------------------------------------------------------------------

    private void construct(ModelHalf manager) {
        anyOf(manager.actor.level.managed()).ifPresent(level -> {
            ModelActor child = make(manager, level);
            sendConstructor(manager, child);
            if (oneIn(2)) {
                burst(child.near());
            }
        });
    }

    private void constructAndDelete(ModelHalf manager) {
        anyOf(manager.actor.level.managed()).ifPresent(level -> {
            ModelActor child = make(manager, level);
            sendConstructor(manager, child);
            if (child.isConstructed) {
                burst(child.near());
                delete(child.near());
            }
        });
    }

    private ModelActor make(ModelHalf manager, Level level) {
        ModelActor child = ledger.newActor(level, manager);
        ModelHalf near = child.near();
        near.made(level.make(manager.handle(), self -> {
            ledger.expect(self == near.handle(), "I3: " + near + " is given " + self);
            return begin(near);
        }));
        if (oneIn(3)) {
            EventTarget target = ledger.groups.anyTarget();
            manager.handle().setEventTargetForActor(near.handle(), target);
            near.target = Optional.of(target);
            ledger.coverage.count("targets set");
        }
        if (oneIn(12)) {
            expectMisuse(
                    IllegalStateException.class,
                    near + " deleted too early",
                    () -> near.handle().delete());
            expectMisuse(IllegalStateException.class, near + " sends too early", () -> step(near, ""));
        }
        child.isOrphan = level == Level.LEAF && oneIn(25);
        return child;
    }

    private void sendConstructor(ModelHalf manager, ModelActor child) {
        ModelHalf near = child.near();
        boolean wasLive = manager.isLive();
        EventTarget its = near.target.or(() -> manager.target).orElseThrow();
        try {
            Level.sendConstructor(manager.handle(), near.handle(), child.level.constructor(child.key, child.isOrphan));
            ledger.expect(near.isLive() == wasLive, "I3: " + near + " of " + manager + " is not constructed");
            ledger.expect(its.group().isOpen(), "I3: " + near + " is constructed into " + its + ", which has ended");
            ledger.coverage.count(wasLive ? "constructed" : "not constructed after the manager's end");
            child.isConstructed = wasLive;
            child.isVoid = !wasLive;
            if (wasLive) {
                near.target = Optional.of(its);
                constructed(manager.side).add(child);
                if (child.isOrphan) {
                    child.ends(DestroyReason.FAILED);
                    ledger.coverage.count("orphans");
                }
            }
        } catch (ChannelFullException e) {
            refused(manager, e);
            manager.refused.add(child);
            ledger.coverage.count("constructors refused");
        } catch (RejectedExecutionException e) {
            ledger.expect(!its.group().isOpen(), "I3: " + near + " is refused by " + its);
            ledger.coverage.count("constructed into a closed group");
        }
    }

    void delete(ModelHalf half) {
        if (!half.actor.isConstructed) {
            return;
        }
        List<ModelHalf> live =
                ledger.known(half.side).stream().filter(ModelHalf::isLive).toList();
        half.handle().delete();
        if (live.contains(half)) {
            half.actor.ends(DestroyReason.DELETED);
            for (ModelHalf each : live) {
                if (each == half || each.actor.isBelow(half.actor)) {
                    each.deletedHere(each == half);
                    ledger.expect(!each.isLive(), "I5: " + each + " is live after " + half + " was deleted");
                }
            }
        }
        ledger.coverage.count(live.contains(half) ? "deleted" : "deleted again");
    }

    // --- Misuse -----------------------------------------------------------------------------------------------------

    private void misuse(ModelHalf half) {
        ProtocolActor<?> self = half.handle();
        List<ModelHalf> known = ledger.known(half.side);
        ModelHalf other = anyOf(known).orElse(half);
        EventTarget target = ledger.groups.anyTarget();
        if (other.actor.manager.filter(manager -> manager == half.actor).isPresent()) {
            if (other.actor.isConstructed || other.actor.isVoid) {
                expectMisuse(
                        IllegalStateException.class,
                        half + " sets the target of " + other + " too late",
                        () -> self.setEventTargetForActor(other.handle(), target));
                expectMisuse(
                        IllegalStateException.class,
                        half + " constructs " + other + " again",
                        () -> Level.sendConstructor(self, other.handle(), other.actor.level.constructor(0, false)));
            } else {
                expectMisuse(
                        IllegalArgumentException.class,
                        half + " constructs " + other + " with what is no constructor",
                        () -> Level.sendConstructor(self, other.handle(), other.actor.level.step(0, "")));
            }
        } else {
            expectMisuse(
                    IllegalArgumentException.class,
                    half + " sets the target of " + other + ", which it does not manage",
                    () -> self.setEventTargetForActor(other.handle(), target));
        }
        if (other != half && other.actor.level != Level.LEAF) {
            outsideOfTurn(other, "in a turn of " + half);
        }
        if (half.actor.level == Level.MID) {
            expectMisuse(
                    IllegalArgumentException.class,
                    half + " makes what it does not manage",
                    () -> Level.MID.make(self, any -> Behaviors.empty()));
            expectMisuse(
                    IllegalArgumentException.class,
                    half + " sends a constructor",
                    () -> Level.send(self, Level.MID.constructor(0, false)));
        }
    }

    /** What only a turn of this half may do. */
    void outsideOfTurn(ModelHalf half, String where) {
        expectMisuse(
                IllegalStateException.class,
                half + " makes an actor " + where,
                () -> Level.LEAF.make(half.handle(), any -> Behaviors.empty()));
        List<ModelActor> made = ledger.actors.stream()
                .filter(child -> child.manager.filter(half.actor::equals).isPresent() && child.maker == half.side)
                .toList();
        anyOf(made).filter(child -> child.near().isKnown()).ifPresent(child -> {
            expectMisuse(
                    IllegalStateException.class,
                    half + " sets a target " + where,
                    () -> half.handle().setEventTargetForActor(child.near().handle(), ledger.groups.anyTarget()));
            expectMisuse(
                    IllegalStateException.class,
                    half + " constructs " + where,
                    () -> Level.sendConstructor(
                            half.handle(), child.near().handle(), child.level.constructor(child.key, false)));
        });
    }

    private void expectMisuse(Class<? extends Exception> expected, String what, ThrowingCallable code) {
        ledger.coverage.count("misuse");
        try {
            code.call();
            ledger.broken("I3: " + what + ", and nothing is thrown");
        } catch (Throwable e) {
            ledger.expect(expected.isInstance(e), "I3: " + what + ", and " + e + " is thrown");
        }
    }
}
