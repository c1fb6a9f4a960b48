package dev.peili.examples.simulate;

import java.util.Locale;

/**
 * The price of a share at some time; a later one replaces it.
 *
 * @param share what it is the price of
 * @param cents how much, in hundredths
 */
record Price(String share, long cents) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }
}
