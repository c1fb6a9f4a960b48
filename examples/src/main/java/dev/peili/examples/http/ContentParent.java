package dev.peili.examples.http;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.ipc.ActorDestroy;
import dev.peili.ipc.ChannelWritable;
import dev.peili.ipc.ProtocolActor;
import dev.peili.ipc.ProtocolMessage;
import dev.peili.ipc.Side;
import dev.peili.ipc.TopLevelProtocol;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The side of the browser: opens the tabs, and has a {@link Playback} say what is sent. Its actors inherit one group, so that
 * they can share that.
 */
final class ContentParent extends TopLevelProtocol<Content> {
    private final Playback playback;

    ContentParent(Playback playback) {
        super(Content.PROTOCOL, Side.PARENT);
        this.playback = playback;
        onConstructor(HttpChannel.PROTOCOL, HttpChannel.AsyncOpen.class, this::channel);
    }

    /** A group of its own, which in one process runs in parallel to the content. */
    @Override
    protected EventTarget eventTarget(Groups groups) {
        return groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
    }

    @Override
    protected Behavior<Content> create(ProtocolActor<Content> self) {
        return Behaviors.setup(context -> {
            Behavior<Content> behavior = half(Content.class, self).build();
            Map<String, ProtocolActor<Browser>> browsers = new LinkedHashMap<>();
            for (String tab : playback.script().tabs()) {
                ProtocolActor<Browser> browser = self.make(
                        Browser.PROTOCOL,
                        its -> Behaviors.setup(any -> half(Browser.class, its).build()));
                self.sendConstructor(browser, new Browser.Open());
                browsers.put(tab, browser);
            }
            playback.begin(self, browsers);
            return behavior;
        });
    }

    private Behavior<HttpChannel> channel(ProtocolActor<HttpChannel> self, HttpChannel.AsyncOpen open) {
        Behavior<HttpChannel> behavior = half(HttpChannel.class, self)
                .onMessage(HttpChannel.Done.class, done -> {
                    playback.handled(open.channel(), done.handled());
                    self.delete();
                    return Behaviors.same();
                })
                .build();
        playback.opened(open.channel(), self);
        return behavior;
    }

    /** What all actors here do. */
    private <M extends ProtocolMessage> BehaviorBuilder<M> half(Class<M> messages, ProtocolActor<M> self) {
        playback.appeared();
        return Behaviors.receive(messages)
                .onSignal(ChannelWritable.class, signal -> {
                    playback.goOn();
                    return Behaviors.same();
                })
                .onSignal(ActorDestroy.class, why -> {
                    playback.ended(self.protocol(), why);
                    return Behaviors.same();
                });
    }
}
