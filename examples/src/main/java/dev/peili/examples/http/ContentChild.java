package dev.peili.examples.http;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.ipc.ChannelWritable;
import dev.peili.ipc.ConstructorMessage;
import dev.peili.ipc.ProtocolActor;
import dev.peili.ipc.Side;
import dev.peili.ipc.TopLevelProtocol;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The side of the content process. What belongs to no tab runs in the root group, as everything does without a label. */
final class ContentChild extends TopLevelProtocol<Content> {
    private final Groups groups;
    private final Map<Long, Tab> tabs = new ConcurrentHashMap<>();

    ContentChild(Groups groups) {
        super(Content.PROTOCOL, Side.CHILD);
        this.groups = groups;
        onConstructor(
                Browser.PROTOCOL,
                Browser.Open.class,
                (self, open) -> BrowserChild.create(self, Objects.requireNonNull(tabs.remove(self.id()))));
    }

    /** A tab gets its TabGroup here, on the I/O dispatcher, before its first message. */
    @Override
    protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
        if (message.arguments() instanceof Browser.Open) {
            Tab tab = groups.openTab();
            tabs.put(message.actorId(), tab);
            return Optional.of(BrowserChild.targetIn(tab));
        }
        return Optional.empty();
    }

    @Override
    protected Behavior<Content> create(ProtocolActor<Content> self) {
        ChannelOpener channels = new ChannelOpener(self);
        return Behaviors.receive(Content.class)
                .onMessage(Content.Load.class, load -> {
                    channels.open(load.channel(), load.url());
                    return Behaviors.same();
                })
                .onSignal(ChannelWritable.class, signal -> {
                    channels.openWaiting();
                    return Behaviors.same();
                })
                .build();
    }
}
