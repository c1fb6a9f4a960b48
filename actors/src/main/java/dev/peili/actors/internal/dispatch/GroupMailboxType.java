package dev.peili.actors.internal.dispatch;

import com.typesafe.config.Config;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.LocalActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.RepointableActorRef;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Makes the mailbox of an actor in a group; which group and category, a tag of the actor's deployment says. */
public final class GroupMailboxType implements MailboxType, ProducesMessageQueue<GroupMessageQueue> {
    private static final String PREFIX = "peili-group-";

    /** Called by Pekko, as {@code mailbox-type} of a mailbox section. */
    @SuppressWarnings("UnusedVariable")
    public GroupMailboxType(ActorSystem.Settings settings, Config config) {}

    /** The tag that makes an actor a member. */
    public static String tag(String membership, int lane) {
        return PREFIX + lane + "-" + membership;
    }

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        if (owner.isEmpty() || system.isEmpty()) {
            throw new IllegalArgumentException("the mailbox of a group needs an actor in an actor system");
        }
        ActorRef actor = owner.get();
        Props props = propsOf(actor);
        String tag = tagOf(props);
        if (tag == null) {
            throw new IllegalArgumentException(actor.path() + " has the mailbox of a group but belongs to none;"
                    + " spawn it with the props that its group gives");
        }
        MessageDispatcherConfigurator configurator =
                system.get().dispatchers().lookup(props.dispatcher()).configurator();
        if (!(configurator instanceof GroupPool.Provider groups)) {
            throw new IllegalArgumentException(actor.path() + " belongs to a group but runs on " + props.dispatcher()
                    + ", which is no group dispatcher; spawn it with the props that its group gives");
        }
        String[] parts = tag.substring(PREFIX.length()).split("-", 2);
        GroupPool pool = groups.pool();
        Membership membership = pool.membership(parts[1]);
        if (membership == null || !membership.join(actor)) {
            if (actor instanceof LocalActorRef) {
                throw new RejectedExecutionException(actor.path() + " cannot start: its group has ended");
            }
            // An exception would reach a guardian that has nothing to do with it.
            actor.tell(PoisonPill.getInstance(), ActorRef.noSender());
            membership = Membership.ended(pool.pool());
        }
        return pool.newQueue(membership, Integer.parseInt(parts[0]), actor);
    }

    private static Props propsOf(ActorRef actor) {
        // A repointable ref has no cell yet when its mailbox is made.
        return actor instanceof RepointableActorRef repointable
                ? repointable.props()
                : ((ActorRefWithCell) actor).underlying().props();
    }

    private static @Nullable String tagOf(Props props) {
        Set<String> tags = CollectionConverters.asJava(props.deploy().tags());
        return tags.stream().filter(tag -> tag.startsWith(PREFIX)).findFirst().orElse(null);
    }
}
