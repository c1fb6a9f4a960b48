package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/** One side of the channel: makes actors, chooses their targets at random, and checks what it is asked. */
class ModelSide extends TopLevelProtocol<Level.Top> {
    private final Ledger ledger;
    private final Script script;
    private final Side own;
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

    /** One that wants to see each message on its way. */
    static final class Sorting extends ModelSide {
        Sorting(Ledger ledger, Script script, Side own) {
            super(ledger, script, own);
        }

        @Override
        protected Optional<EventTarget> getSpecificMessageEventTarget(IncomingMessage message) {
            return Optional.empty();
        }
    }
}
