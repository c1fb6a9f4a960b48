package dev.peili.examples;

import dev.peili.actors.Site;
import java.util.Optional;

/** The sites of recorded documents, as far as their URLs tell. */
public final class DocumentSites {
    private DocumentSites() {}

    /** The site of a URL; empty where {@link Site#ofUrl} knows none. */
    public static Optional<Site> of(String url) {
        try {
            return Optional.of(Site.ofUrl(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The site of a document with this URL; empty where it is that of its creator, whoever that is. */
    public static Optional<Site> own(String url) {
        return of(url).filter(site -> !site.key().endsWith(":") || site.key().equals("file:"));
    }
}
