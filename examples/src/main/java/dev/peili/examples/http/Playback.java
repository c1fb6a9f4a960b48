package dev.peili.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.peili.examples.FailedException;
import dev.peili.ipc.ActorDestroy;
import dev.peili.ipc.ChannelFullException;
import dev.peili.ipc.DestroyReason;
import dev.peili.ipc.Protocol;
import dev.peili.ipc.ProtocolActor;
import dev.peili.ipc.ProtocolMessage;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays a script on the parent's side. What it sends goes out in the order of the log, one after the other: where a channel is
 * not there yet, or full, all the rest waits.
 *
 * <p>All actors of the parent are in one group, so their turns can share this without a lock; other threads may use only what
 * says so.
 */
final class Playback {
    /** How many bytes of data a message brings at most, whatever the log says. */
    static final int MOST_BYTES = 64 * 1024;
    /** How long texts may be; URLs can hold whole images. */
    private static final int MOST_CHARACTERS = 2_000;

    private final Script script;
    private final Results results;
    private final Endings endings = new Endings();
    private final OptionalLong middle;
    private final Deque<Sending> waiting = new ArrayDeque<>();
    private final Map<Integer, ProtocolActor<HttpChannel>> channels = new HashMap<>();
    private final int[] numbers;
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Something that is to be sent. */
    private interface Sending {
        /** Sends it; false if there is nobody yet who could. */
        boolean attempt();
    }

    /** @param middle after how many messages the content process will be killed, as soon as {@link #reached} is completed */
    Playback(Script script, OptionalLong middle) {
        this.script = script;
        this.results = new Results(script);
        this.middle = middle;
        this.numbers = new int[script.channels().size()];
    }

    Script script() {
        return script;
    }

    // --- For any thread ---------------------------------------------------------------------------------------------

    /** How many messages were sent so far, without redirects. */
    long sent() {
        return sent.get();
    }

    /** How often the channel was full, so that the script had to wait. */
    long refused() {
        return refused.get();
    }

    /** Completed in the turn in which so many messages were sent. */
    CompletableFuture<Void> reached() {
        return reached;
    }

    /** Completed when everything has been handled, or cannot be any more. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** What has been handled; when {@link #done} is completed. */
    Results results() {
        return results;
    }

    /** What the parent's actors were told; when {@link #done} is completed. */
    Endings endings() {
        return endings;
    }

    // --- In turns of the parent -------------------------------------------------------------------------------------

    /** Both sides are there. */
    void begin(ProtocolActor<Content> content, Map<String, ProtocolActor<Browser>> browsers) {
        BitSet ended = new BitSet();
        for (Step step : script.steps()) {
            if (step instanceof Step.Show show) {
                String site = show.documents().site().key();
                waiting.add(() -> sent(browser(browsers, show.documents().tab()), new Browser.Show(site)));
            } else if (step instanceof Step.Open open) {
                waiting.add(load(open.channel(), content, browsers));
            } else if (step instanceof Step.Send send) {
                ended.set(send.channel(), send.message().isLast());
                waiting.add(() -> sent(send));
            }
        }
        for (int i = 0; i < script.channels().size(); i++) {
            int channel = i;
            if (!ended.get(channel)) {
                waiting.add(() -> sent(channel, new HttpChannel.EndOfLog()));
            }
        }
        goOn();
    }

    private Sending load(int number, ProtocolActor<Content> content, Map<String, ProtocolActor<Browser>> browsers) {
        Channel channel = script.channels().get(number);
        String url = cut(channel.url());
        if (channel.target() instanceof Target.OfDocuments documents) {
            Browser.Load load =
                    new Browser.Load(number, url, Optional.of(documents.site().key()));
            return () -> sent(browser(browsers, documents.tab()), load);
        } else if (channel.target() instanceof Target.OfTab tab) {
            return () -> sent(browser(browsers, tab.tab()), new Browser.Load(number, url, Optional.empty()));
        }
        return () -> sent(content, new Content.Load(number, url));
    }

    private static ProtocolActor<Browser> browser(Map<String, ProtocolActor<Browser>> browsers, String tab) {
        ProtocolActor<Browser> browser = browsers.get(tab);
        if (browser == null) {
            throw new IllegalStateException("no tab " + tab);
        }
        return browser;
    }

    /** Sends what there is, until somebody has to be waited for. */
    void goOn() {
        try {
            while (!waiting.isEmpty() && waiting.element().attempt()) {
                waiting.remove();
            }
        } catch (ChannelFullException full) {
            // The signal ChannelWritable will say when to go on.
            refused.incrementAndGet();
        }
    }

    private static <M extends ProtocolMessage> boolean sent(ProtocolActor<M> actor, M message) {
        actor.send(message);
        return true;
    }

    private boolean sent(int channel, HttpChannel message) {
        ProtocolActor<HttpChannel> actor = channels.get(channel);
        return actor != null && sent(actor, message);
    }

    private boolean sent(Step.Send send) {
        ProtocolActor<HttpChannel> actor = channels.get(send.channel());
        if (actor == null) {
            return false;
        }
        actor.send(onTheWire(numbers[send.channel()], send.message()));
        numbers[send.channel()]++;
        if (!(send.message() instanceof Message.Redirect) && middle.equals(OptionalLong.of(sent.incrementAndGet()))) {
            reached.complete(null);
        }
        return true;
    }

    private static HttpChannel onTheWire(int number, Message message) {
        long now = Clock.micros();
        if (message instanceof Message.Redirect redirect) {
            return new HttpChannel.Redirect(number, now, redirect.status(), cut(redirect.url()));
        } else if (message instanceof Message.Response response) {
            return new HttpChannel.StartRequest(number, now, response.status(), cut(response.mimeType()));
        } else if (message instanceof Message.Data data) {
            byte[] bytes = new byte[(int) Math.min(data.length(), MOST_BYTES)];
            return new HttpChannel.Data(number, now, data.length(), bytes);
        } else if (message instanceof Message.Fail fail) {
            return new HttpChannel.StopRequest(number, now, false, cut(fail.error()));
        }
        return new HttpChannel.StopRequest(number, now, true, "");
    }

    /** The text as far as it can be sent: a log may hold half a character, and so may what is cut off. */
    private static String cut(String text) {
        String begin = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        return new String(begin.getBytes(UTF_8), UTF_8);
    }

    /** The content process has made a channel. */
    void opened(int channel, ProtocolActor<HttpChannel> actor) {
        channels.put(channel, actor);
        goOn();
    }

    /** The content process has handled all that there was for this channel. */
    void handled(int channel, Handled handled) {
        results.add(channel, handled);
        if (middle.isEmpty() && results.all().channels() == script.channels().size()) {
            done.complete(null);
        }
    }

    /** An actor of the parent lives. */
    void appeared() {
        endings.appeared();
    }

    /** An actor of the parent ends. */
    void ended(Protocol<?> protocol, ActorDestroy why) {
        endings.told(protocol, why.why());
        if (middle.isPresent()) {
            if (endings.living() == 0) {
                done.complete(null);
            }
        } else if (why.why() != DestroyReason.DELETED) {
            done.completeExceptionally(new FailedException(script.name() + ": " + why.detail()));
        }
    }
}
