package dev.peili.ipc;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A protocol actor that does what it is told, and reports each of its turns. */
final class Puppet<M extends ProtocolMessage> extends AbstractBehavior<Part> {
    private final PuppetSide side;
    private final String name;
    private final ProtocolActor<M> self;
    private final Map<String, ProtocolActor<?>> kept = new HashMap<>();

    /** What is left to send when there is room again. */
    private int next;

    private int last = -1;

    static <M extends ProtocolMessage> Behavior<Part> create(PuppetSide side, String name, ProtocolActor<M> self) {
        return Behaviors.setup(context -> new Puppet<>(context, side, name, self));
    }

    private Puppet(ActorContext<Part> context, PuppetSide side, String name, ProtocolActor<M> self) {
        super(context);
        this.side = side;
        this.name = name;
        this.self = self;
        side.appears(name, context.getSelf());
        report("constructed");
        if (name.equals("stillborn there") && side.side() == Side.CHILD) {
            throw new IllegalStateException("stillborn");
        }
    }

    private void report(String what) {
        side.report(name, what);
    }

    @Override
    public Receive<Part> createReceive() {
        return newReceiveBuilder()
                .onMessage(Part.Act.class, this::onAct)
                .onMessage(Content.Step.class, step -> onNumber(step.number()))
                .onMessage(Browser.Step.class, step -> onNumber(step.number()))
                .onMessage(Browser.Page.class, page -> onNumber(page.number()))
                .onMessage(Browser.Click.class, click -> onNumber(click.number()))
                .onMessage(Request.Step.class, step -> onNumber(step.number()))
                .onSignal(ActorDestroy.class, why -> onSignal("destroyed " + why.why()))
                .onSignal(ChannelWritable.class, signal -> onWritable())
                .onSignal(PostStop.class, signal -> onSignal("stopped"))
                .build();
    }

    private Behavior<Part> onNumber(int number) {
        report("step " + number);
        return this;
    }

    private Behavior<Part> onSignal(String what) {
        report(what);
        return this;
    }

    private Behavior<Part> onAct(Part.Act act) {
        Behavior<Part> after = this;
        for (Deed deed : act.deeds()) {
            try {
                after = perform(deed);
            } catch (Tantrum tantrum) {
                throw tantrum;
            } catch (RuntimeException refused) {
                report("refused " + refused.getClass().getSimpleName() + ": " + refused.getMessage());
            }
        }
        return after;
    }

    /** What a puppet fails with on demand. */
    static final class Tantrum extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Tantrum() {
            super("on demand");
        }
    }

    private Behavior<Part> perform(Deed deed) {
        switch (deed.kind()) {
            case CONSTRUCT -> {
                make(deed.name());
                if (!deed.target().isEmpty()) {
                    self.setEventTargetForActor(
                            keptOne(deed.name()), side.places().target(deed.target()));
                }
                sendConstructor(deed);
            }
            case MAKE -> make(deed.name());
            case SET_TARGET ->
                self.setEventTargetForActor(keptOne(deed.name()), side.places().target(deed.target()));
            case SEND_CONSTRUCTOR -> sendConstructor(deed);
            case SEND -> {
                next = deed.from();
                last = deed.from() + deed.count() - 1;
                sendOn();
            }
            case DELETE -> self.delete();
            case FAIL -> throw new Tantrum();
            case STOP -> {
                return Behaviors.stopped();
            }
            default -> throw new IllegalArgumentException(deed.toString());
        }
        return this;
    }

    private ProtocolActor<?> keptOne(String child) {
        return Objects.requireNonNull(kept.get(child));
    }

    private void make(String child) {
        ProtocolActor<?> made = self.protocol() == Content.PROTOCOL
                ? self.make(Browser.PROTOCOL, its -> Puppet.create(side, child, its))
                : self.make(Request.PROTOCOL, its -> Puppet.create(side, child, its));
        kept.put(child, made);
        side.keep(child, self, made);
    }

    @SuppressWarnings("unchecked")
    private void sendConstructor(Deed deed) {
        ProtocolActor<?> child = keptOne(deed.name());
        if (child.protocol() == Browser.PROTOCOL) {
            self.sendConstructor((ProtocolActor<Browser>) child, new Browser.Open(deed.name(), deed.far()));
        } else {
            self.sendConstructor((ProtocolActor<Request>) child, new Request.Open(deed.name(), deed.far()));
        }
    }

    private Behavior<Part> onWritable() {
        report("writable");
        sendOn();
        return this;
    }

    /** Sends until the channel is full; then goes on when it is not any more. */
    private void sendOn() {
        try {
            while (next <= last) {
                send(next);
                next++;
            }
        } catch (ChannelFullException full) {
            report("full");
        }
    }

    private void send(int number) {
        ProtocolMessage message = self.protocol() == Content.PROTOCOL
                ? new Content.Step(number)
                : self.protocol() == Browser.PROTOCOL ? new Browser.Step(number) : new Request.Step(number);
        self.send(self.protocol().messages().cast(message));
    }
}
