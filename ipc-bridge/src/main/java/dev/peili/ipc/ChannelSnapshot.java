package dev.peili.ipc;

/**
 * What an operator wants to know of one side of a channel; see {@link Channel.GetSnapshot}.
 *
 * @param actors how many actors are live on this side
 * @param sent how many messages this side has sent, without constructors
 * @param dropped how many messages have come for actors that had ended
 * @param bytesInFlight how many bytes this side has sent that the other has not reported as handled
 */
public record ChannelSnapshot(int actors, long sent, long dropped, long bytesInFlight) {}
