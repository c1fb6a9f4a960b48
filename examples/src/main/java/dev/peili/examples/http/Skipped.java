package dev.peili.examples.http;

/**
 * How many entries of a log were of no use.
 *
 * @param foreign entries that are no events
 * @param incomplete events that lack what they should say
 * @param unknown messages for channels that were not opened
 * @param repeated requests by the id of an earlier one that was not redirected
 * @param late messages for channels that had ended, redirects included
 */
record Skipped(long foreign, long incomplete, long unknown, long repeated, long late) {
    long total() {
        return foreign + incomplete + unknown + repeated + late;
    }
}
