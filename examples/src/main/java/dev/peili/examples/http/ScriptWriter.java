package dev.peili.examples.http;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a script of the events of a log, one by one. */
final class ScriptWriter {
    private final FrameTree frames;
    private final Documents documents;
    private final Set<String> tabs = new LinkedHashSet<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, LogEvent.RequestSent> loads = new HashMap<>();
    private final BitSet ended = new BitSet();
    private long unknown;
    private long repeated;
    private long late;

    /** @param frames knows the whole log */
    ScriptWriter(FrameTree frames) {
        this.frames = frames;
        documents = new Documents(frames, steps::add);
    }

    /** Writes down what follows from an event; events come in the order of the log. */
    void add(LogEvent event) {
        if (event instanceof LogEvent.FrameNavigated navigated) {
            navigated.url().ifPresent(url -> documents.show(navigated.frame(), navigated.loader(), url));
        } else if (event instanceof LogEvent.RequestSent request) {
            sent(request);
        } else if (event instanceof LogEvent.Answered answer) {
            answered(answer.request(), answer.message());
        }
    }

    /**
     * The script as it is so far.
     *
     * @param foreign entries of the log that were no events
     * @param incomplete events that lacked what they should have said
     */
    Script script(String name, long foreign, long incomplete) {
        List<Step> ofTabs = steps.stream()
                .filter(step -> !(step instanceof Step.Show show)
                        || tabs.contains(show.documents().tab()))
                .toList();
        Skipped skipped = new Skipped(foreign, incomplete, unknown, repeated, late);
        return new Script(name, List.copyOf(tabs), channels, ofTabs, skipped);
    }

    private void sent(LogEvent.RequestSent request) {
        if (!numbers.containsKey(request.request())) {
            open(request);
        } else if (request.redirect().isPresent()) {
            answered(request.request(), request.redirect().get());
        } else {
            repeated++;
            return;
        }
        if (request.document()) {
            loads.put(request.request(), request);
        }
    }

    private void open(LogEvent.RequestSent request) {
        Optional<String> frame = request.frame().filter(frames::isKnown);
        Target target = frame.map(known -> target(request, known)).orElseGet(Target.None::new);
        frame.map(frames::tabOf).ifPresent(tabs::add);
        numbers.put(request.request(), channels.size());
        steps.add(new Step.Open(channels.size()));
        channels.add(
                new Channel(request.request(), frame, request.documentUrl(), request.url(), request.type(), target));
    }

    /**
     * Who loads a frame's document is the document around it, which made the frame and hears of its load; the new one does
     * not exist yet. Around a tab's document there is none. Everything else is loaded by the document of its frame.
     */
    private Target target(LogEvent.RequestSent request, String frame) {
        String tab = frames.tabOf(frame);
        if (request.document() && frames.parentOf(frame).isEmpty()) {
            return new Target.OfTab(tab);
        }
        return (request.document()
                        ? documents.siteAround(frame)
                        : documents.siteOf(frame, request.loader(), request.documentUrl()))
                .<Target>map(site -> new Target.OfDocuments(tab, site))
                .orElseGet(() -> new Target.OfTab(tab));
    }

    private void answered(String request, Message message) {
        Integer channel = numbers.get(request);
        if (channel == null) {
            unknown++;
        } else if (ended.get(channel)) {
            late++;
        } else {
            ended.set(channel, message.isLast());
            steps.add(new Step.Send(channel, message));
            if (message instanceof Message.Response response) {
                loaded(request, response);
            }
        }
    }

    /** A frame of another process tells nothing of its document, but the answer to its request does. */
    private void loaded(String request, Message.Response response) {
        LogEvent.RequestSent load = loads.remove(request);
        if (load != null && response.hasDocument()) {
            load.frame().filter(frames::isKnown).ifPresent(frame -> {
                Optional<String> loader = load.loader().or(() -> Optional.of(request));
                documents.show(frame, loader, load.documentUrl().orElse(load.url()));
            });
        }
    }
}
