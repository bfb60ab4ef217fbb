package io.releve.management.swap;

import io.releve.management.Tier;
import java.util.List;
import org.osgi.framework.Bundle;

/** A part of the server: what it is called, and the bundles that can be it. */
record Part(String name, Tier tier, List<Offer> offers) {
    /** Who does the work, or null. */
    Offer active() {
        return offers.stream().filter(Offer::active).findFirst().orElse(null);
    }

    /** The idle offer that is meant, the one of the highest version; or null. */
    Offer idle(String words) {
        Offer old = active();
        return offers.stream().filter(offer -> !offer.active() && offer.is(words, old))
                .reduce((one, other) -> other.bundle().getVersion().compareTo(one.bundle().getVersion()) > 0 ? other : one)
                .orElse(null);
    }

    Offer of(Bundle bundle) {
        return offers.stream().filter(offer -> offer.bundle().equals(bundle)).findFirst().orElse(null);
    }
}
