package dev.peili.examples.http;

import dev.peili.actors.Site;
import dev.peili.examples.DocumentSites;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which document each frame shows, and of which site it is, as a log goes on.
 *
 * <p>A document whose URL does not tell its site ({@code about:}, {@code data:}, {@code blob:} without an origin,
 * {@code javascript:}, or no URL at all) has, as in a browser, that of its creator. This is taken to be the nearest frame
 * around it that shows a document with a site, or else the first such document of its tab.
 */
final class Documents {
    private final FrameTree frames;
    private final Consumer<Step.Show> shown;
    private final Map<String, Document> current = new HashMap<>();
    private final Map<Name, Site> sites = new HashMap<>();
    private final Map<String, Site> firstSites = new HashMap<>();

    private record Name(String frame, String loader) {}

    private record Document(Optional<String> loader, String url, Site site) {
        private boolean isSameAs(Document other) {
            boolean named = loader.isPresent() && other.loader.isPresent();
            boolean same = named ? loader.equals(other.loader) : url.equals(other.url);
            return same && site.equals(other.site);
        }
    }

    /** @param shown is told of each document that has a site, when its frame begins to show it */
    Documents(FrameTree frames, Consumer<Step.Show> shown) {
        this.frames = frames;
        this.shown = shown;
    }

    /** A frame shows a document, for the first time or still. */
    void show(String frame, Optional<String> loader, String url) {
        siteIn(frame, url).ifPresent(site -> {
            DocumentSites.own(url).ifPresent(own -> firstSites.putIfAbsent(frames.tabOf(frame), own));
            loader.ifPresent(id -> sites.putIfAbsent(new Name(frame, id), site));
            Document document = new Document(loader, url, site);
            Document before = current.put(frame, document);
            if (before == null || !before.isSameAs(document)) {
                Target.OfDocuments group = new Target.OfDocuments(frames.tabOf(frame), site);
                shown.accept(new Step.Show(frame, frames.parentOf(frame), url, group));
            }
        });
    }

    /**
     * The site of the document of a frame that a request was made for. A document that was not told of before is shown from
     * now on. One that was may have been replaced since, for its last requests come late.
     */
    Optional<Site> siteOf(String frame, Optional<String> loader, Optional<String> url) {
        Optional<Site> named = loader.flatMap(id -> Optional.ofNullable(sites.get(new Name(frame, id))));
        if (named.isEmpty()) {
            url.filter(from -> loader.isPresent() || isOfAnotherSite(frame, from))
                    .ifPresent(from -> show(frame, loader, from));
        }
        return named.or(() -> siteIn(frame));
    }

    /** What the browser itself asks for names no document: a worker's script says that it is its own. */
    private boolean isOfAnotherSite(String frame, String url) {
        Optional<Site> site = siteIn(frame);
        return site.isEmpty()
                || DocumentSites.own(url).filter(own -> !own.equals(site.get())).isPresent();
    }

    /** The site of the document around a frame's own. */
    Optional<Site> siteAround(String frame) {
        return frames.above(frame).stream()
                .flatMap(above -> siteIn(above).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(firstSites.get(frames.tabOf(frame))));
    }

    private Optional<Site> siteIn(String frame) {
        return Optional.ofNullable(current.get(frame)).map(Document::site);
    }

    private Optional<Site> siteIn(String frame, String url) {
        return DocumentSites.own(url).or(() -> siteAround(frame)).or(() -> DocumentSites.of(url));
    }
}
