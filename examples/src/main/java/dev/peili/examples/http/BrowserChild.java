package dev.peili.examples.http;

import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Site;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.ipc.ActorDestroy;
import dev.peili.ipc.ChannelWritable;
import dev.peili.ipc.ProtocolActor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A tab in the content process: opens its documents, and makes the channels that they ask for. Runs in the TabGroup. */
final class BrowserChild extends AbstractBehavior<Browser> {
    private final Tab tab;
    private final ChannelOpener channels;
    /** One of each site; later ones of the same site would be in the same DocGroup. */
    private final Map<Site, Document> documents = new HashMap<>();

    static Behavior<Browser> create(ProtocolActor<Browser> self, Tab tab) {
        return Behaviors.setup(context -> new BrowserChild(context, self, tab));
    }

    /** The target that {@link ContentChild#getMessageEventTarget} has answered with. */
    static EventTarget targetIn(Tab tab) {
        return tab.tabGroup().eventTargetFor(TaskCategory.OTHER);
    }

    private BrowserChild(ActorContext<Browser> context, ProtocolActor<Browser> self, Tab tab) {
        super(context);
        this.tab = tab;
        this.channels = new ChannelOpener(self);
        checkTarget();
    }

    private void checkTarget() {
        if (!EventTarget.current().equals(Optional.of(targetIn(tab)))) {
            throw new IllegalStateException(
                    "runs in " + EventTarget.current() + " where " + targetIn(tab) + " was chosen");
        }
    }

    @Override
    public Receive<Browser> createReceive() {
        return newReceiveBuilder()
                .onMessage(Browser.Show.class, this::onShow)
                .onMessage(Browser.Load.class, this::onLoad)
                .onSignal(ChannelWritable.class, signal -> onWritable())
                .onSignal(ActorDestroy.class, why -> onActorDestroy())
                .build();
    }

    /** The document stays open for as long as the tab: messages of its channels come also after another one is shown. */
    private Behavior<Browser> onShow(Browser.Show show) {
        checkTarget();
        documents.computeIfAbsent(Site.of(show.site()), tab::openDocument);
        return this;
    }

    private Behavior<Browser> onLoad(Browser.Load load) {
        checkTarget();
        channels.open(load.channel(), load.url(), targetOf(load));
        return this;
    }

    private EventTarget targetOf(Browser.Load load) {
        if (load.site().isEmpty()) {
            return tab.tabGroup().eventTargetFor(TaskCategory.NETWORK);
        }
        Document document = documents.get(Site.of(load.site().get()));
        if (document == null) {
            throw new IllegalStateException("no document of " + load.site().get() + " has been shown");
        }
        return document.eventTargetFor(TaskCategory.NETWORK);
    }

    private Behavior<Browser> onWritable() {
        channels.openWaiting();
        return this;
    }

    private Behavior<Browser> onActorDestroy() {
        tab.close();
        return this;
    }
}
