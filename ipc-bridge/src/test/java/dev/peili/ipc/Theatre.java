package dev.peili.ipc;

import dev.peili.actors.Groups;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Where sides of channels are put up, in the test's own process or in another. */
final class Theatre {
    private Theatre() {}

    /**
     * Has a side put up.
     *
     * @param choosesForMessages whether it chooses targets of single messages
     * @param listener what it connects to; null to listen
     * @param audience is told what happens
     * @param replyTo is told who takes orders for it
     */
    record PutUp(
            Side side,
            boolean choosesForMessages,
            @Nullable ActorRef<Channel.Command> listener,
            ActorRef<Event> audience,
            ActorRef<Ready> replyTo)
            implements Scripted {}

    /** The side is there. */
    record Ready(ActorRef<Order> orders, ActorRef<Channel.Command> channel) implements Scripted {}

    static Behavior<PutUp> create() {
        return Behaviors.setup(context -> Behaviors.receiveMessage(putUp -> {
            context.spawnAnonymous(run(putUp));
            return Behaviors.same();
        }));
    }

    private static Behavior<Order> run(PutUp putUp) {
        return Behaviors.setup(context -> {
            Groups groups = Groups.get(context.getSystem());
            PuppetSide side = putUp.choosesForMessages()
                    ? new PuppetSide.Choosing(putUp.side(), groups, putUp.audience())
                    : new PuppetSide(putUp.side(), groups, putUp.audience());
            ActorRef<Channel.Command> channel = context.spawn(
                    putUp.listener() == null
                            ? Channel.listen(() -> side)
                            : Channel.connect(putUp.listener(), () -> side),
                    "channel");
            context.watch(channel);
            putUp.replyTo().tell(new Ready(context.getSelf(), channel));
            return Behaviors.receive(Order.class)
                    .onMessage(Order.class, order -> {
                        obey(context, side, channel, order);
                        return Behaviors.same();
                    })
                    .onSignal(ChildFailed.class, failed -> {
                        side.report("", "failed " + failed.getCause().getMessage());
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, ended -> {
                        side.report("", "ended");
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static void obey(
            ActorContext<Order> context, PuppetSide side, ActorRef<Channel.Command> channel, Order order) {
        if (order.actor().isEmpty()) {
            order.deeds().forEach(deed -> perform(context, side, channel, deed));
        } else {
            side.actor(order.actor()).tell(new Part.Act(List.copyOf(order.deeds())));
        }
    }

    private static void perform(
            ActorContext<Order> context, PuppetSide side, ActorRef<Channel.Command> channel, Deed deed) {
        switch (deed.kind()) {
            case SUSPEND -> {
                side.places().group(deed.name()).suspend();
                side.report("", "suspended");
            }
            case RESUME -> side.places().group(deed.name()).resume();
            case CLOSE_TAB -> side.places().close(deed.name());
            case CLOSE_CHANNEL -> channel.tell(new Channel.Close());
            case STOP_OPENER -> context.stop(channel);
            case SNAPSHOT ->
                channel.tell(new Channel.GetSnapshot(context.spawnAnonymous(Behaviors.receiveMessage(snapshot -> {
                    side.report("", snapshot.toString());
                    return Behaviors.stopped();
                }))));
            case RECALL -> side.recall(deed.name());
            case SET_TARGET_ELSEWHERE -> {
                PuppetSide.Kept kept = side.kept(deed.name());
                try {
                    kept.manager()
                            .setEventTargetForActor(kept.actor(), side.places().target(deed.target()));
                } catch (RuntimeException refused) {
                    side.report("", "refused " + refused.getClass().getSimpleName() + ": " + refused.getMessage());
                }
            }
            default -> throw new IllegalArgumentException(deed.toString());
        }
    }
}
