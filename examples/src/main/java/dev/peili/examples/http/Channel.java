package dev.peili.examples.http;

import java.util.Optional;

/**
 * One request with all its redirects.
 *
 * @param requestId what the log calls it
 * @param frame the frame that asked for it, or that it is the document of; empty where there is none that is known
 * @param documentUrl the document that it is loaded for, as Chrome says: a document that is loaded is its own
 * @param url what was asked for at first
 * @param type the kind of resource, as Chrome calls it
 * @param target the group that its messages run in
 */
record Channel(
        String requestId,
        Optional<String> frame,
        Optional<String> documentUrl,
        String url,
        String type,
        Target target) {}
