package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/** One side of the channel: makes actors, chooses their targets at random, and checks what it is asked. */
class ModelSide extends TopLevelProtocol<Level.Top> {
    final Ledger ledger;
    final Script script;
    final Side own;
    /** What the other side has constructed, in this order. */
    private final List<ModelActor> expected;

    private int asked;

    ModelSide(Ledger ledger, Script script, Side own) {
        super(Level.Top.PROTOCOL, own);
        this.ledger = ledger;
        this.script = script;
        this.own = own;
        this.expected = script.constructed(own.other());
        onConstructor(Level.Mid.PROTOCOL, Level.Mid.Make.class, (self, make) -> behavior(self, make.key()));
        onConstructor(Level.Leaf.PROTOCOL, Level.Leaf.Make.class, (self, make) -> behavior(self, make.key()));
    }

    private Behavior<Object> behavior(ProtocolActor<?> self, int key) {
        ModelHalf half = ledger.actors.get(key).half(own);
        half.made(self);
        return script.begin(half);
    }

    @Override
    protected Behavior<Object> create(ProtocolActor<Level.Top> self) {
        ModelHalf half = ledger.top().half(own);
        half.made(self);
        ledger.top().isConstructed = true;
        return script.begin(half);
    }

    @Override
    protected EventTarget eventTarget(Groups groups) {
        EventTarget target = script.oneIn(3) ? super.eventTarget(groups) : ledger.groups.anyTarget();
        ledger.top().half(own).target = Optional.of(target);
        if (!target.group().isOpen()) {
            ledger.isChannelEnding = true;
        }
        return target;
    }

    @Override
    protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
        ModelActor actor = ledger.actors.get(((Level.Keyed) message.arguments()).key());
        ModelHalf half = actor.half(own);
        ledger.expect(EventTarget.current().isEmpty(), "I2: " + half + " is asked in " + EventTarget.current());
        ledger.expect(++actor.timesAsked == 1, "I2: " + half + " is asked again");
        ledger.expect(
                message.protocol() == actor.level.protocol()
                        && message.actorId() == actor.near().handle().id()
                        && message.managerId()
                                == actor.manager
                                        .orElseThrow()
                                        .half(own.other())
                                        .handle()
                                        .id(),
                "I2: " + half + " is asked with " + message);
        while (asked < expected.size() && expected.get(asked) != actor) {
            asked++;
        }
        ledger.expect(asked < expected.size(), "I2: " + half + " is asked out of turn of " + expected);
        return choose(actor, half);
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"})
    private Optional<EventTarget> choose(ModelActor actor, ModelHalf half) {
        switch (script.random().nextInt(20)) {
            case 0 -> {
                actor.ends(DestroyReason.FAILED);
                ledger.coverage.count("choices that failed");
                throw new Mishap();
            }
            case 1 -> {
                actor.ends(DestroyReason.FAILED);
                return null;
            }
            case 2, 3, 4, 5, 6 -> {
                half.target = half.inherited();
                ledger.coverage.count("targets inherited");
                return Optional.empty();
            }
            default -> {
                half.target = Optional.of(ledger.groups.anyTarget());
                ledger.coverage.count("targets chosen");
                return half.target;
            }
        }
    }

    /** One that also chooses for single messages, or does not, at random. */
    static final class Sorting extends ModelSide {
        Sorting(Ledger ledger, Script script, Side own) {
            super(ledger, script, own);
        }

        @Override
        protected Optional<EventTarget> getSpecificMessageEventTarget(IncomingMessage message) {
            int number = ((Level.Numbered) message.message()).serial();
            ModelHalf half = receiver(number);
            ledger.expect(EventTarget.current().isEmpty(), "I2: " + half + " is asked in " + EventTarget.current());
            ledger.expect(
                    message.protocol() == half.actor.level.protocol()
                            && message.actorId() == half.other().handle().id(),
                    "I2: " + half + " is asked with " + message);
            switch (script.random().nextInt(40)) {
                case 0 -> {
                    half.actor.ends(DestroyReason.FAILED);
                    ledger.coverage.count("choices for messages that failed");
                    throw new Mishap();
                }
                case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 -> {
                    return Optional.empty();
                }
                default -> {
                    EventTarget target = ledger.groups.anyTarget();
                    half.chosen(number, target);
                    return Optional.of(target);
                }
            }
        }

        private ModelHalf receiver(int number) {
            return ledger.actors.stream()
                    .map(actor -> actor.half(own))
                    .filter(half -> half.other().hasSent(number))
                    .findAny()
                    .orElseThrow();
        }
    }
}
