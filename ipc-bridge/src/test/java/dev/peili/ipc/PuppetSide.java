package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * One side of a channel whose actors are puppets. The constructor messages say in which event target this side's half runs:
 * the name of one, nothing, {@code !throw}, or {@code !block}.
 */
class PuppetSide extends TopLevelProtocol<Content> {
    /** The name of the top-level actor. */
    static final String TOP = "top";

    private final Side which;
    private final Places places;
    private final ActorRef<Event> audience;
    private final Map<String, ActorRef<Part>> actors = new ConcurrentHashMap<>();
    private final Map<String, List<String>> ends = new ConcurrentHashMap<>();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** An actor that was made, and by whom. */
    record Kept(ProtocolActor<?> manager, ProtocolActor<?> actor) {}

    PuppetSide(Side which, Groups groups, ActorRef<Event> audience) {
        super(Content.PROTOCOL, which);
        this.which = which;
        this.places = new Places(groups);
        this.audience = audience;
        onConstructor(Browser.PROTOCOL, Browser.Open.class, (self, open) -> Puppet.create(this, open.name(), self));
        onConstructor(Request.PROTOCOL, Request.Open.class, (self, open) -> Puppet.create(this, open.name(), self));
    }

    Places places() {
        return places;
    }

    void report(String actor, String what) {
        audience.tell(new Event(which, actor, what, places.current()));
        if (what.startsWith("destroyed") || what.equals("stopped")) {
            ends.computeIfAbsent(actor, name -> new CopyOnWriteArrayList<>()).add(what);
        }
    }

    /** Reports once more how an actor has ended, for an audience that may have missed it. */
    void recall(String actor) {
        audience.tell(new Event(which, actor, "recalls " + ends.getOrDefault(actor, List.of()), ""));
    }

    void appears(String name, ActorRef<Part> ref) {
        actors.put(name, ref);
    }

    void keep(String name, ProtocolActor<?> manager, ProtocolActor<?> actor) {
        kept.put(name, new Kept(manager, actor));
    }

    Kept kept(String name) {
        return Objects.requireNonNull(kept.get(name), name);
    }

    ActorRef<Part> actor(String name) {
        return Objects.requireNonNull(actors.get(name), name);
    }

    @Override
    protected Behavior<Part> create(ProtocolActor<Content> self) {
        return Puppet.create(this, TOP, self);
    }

    @Override
    protected EventTarget eventTarget(Groups groups) {
        return places.target("tab:top/OTHER");
    }

    @Override
    protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
        String name = message.arguments() instanceof Browser.Open open
                ? open.name()
                : ((Request.Open) message.arguments()).name();
        String target = message.arguments() instanceof Browser.Open open
                ? open.target()
                : ((Request.Open) message.arguments()).target();
        report(name, "chosen on " + dispatcher());
        if (target.equals("!throw")) {
            throw new IllegalStateException("no target for " + name);
        } else if (target.equals("!block")) {
            block();
        }
        return target.isEmpty() || target.startsWith("!") ? Optional.empty() : Optional.of(places.target(target));
    }

    /** One that sends each third message to the place of a document and each third to that of a tab. */
    static final class Choosing extends PuppetSide {
        Choosing(Side which, Groups groups, ActorRef<Event> audience) {
            super(which, groups, audience);
        }

        @Override
        protected Optional<EventTarget> getSpecificMessageEventTarget(IncomingMessage message) {
            if (!(message.message() instanceof Browser.Step step)) {
                return Optional.empty();
            } else if (step.number() < 0) {
                throw new IllegalStateException("no target for " + step);
            }
            report("", "chosen on " + dispatcher() + " for " + step.number());
            return switch (step.number() % 3) {
                case 0 -> Optional.of(places().target("doc:E/UI"));
                case 1 -> Optional.of(places().target("tab:E/NETWORK"));
                default -> Optional.empty();
            };
        }
    }

    private static String dispatcher() {
        return Thread.currentThread().getName().replaceAll(".*(io-dispatcher).*", "$1");
    }

    private static void block() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
