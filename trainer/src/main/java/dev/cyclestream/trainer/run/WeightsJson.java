package dev.cyclestream.trainer.run;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.LossTerm.OfGenerators;
import dev.cyclestream.trainer.loss.LossTerm.Sides;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Weights;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of terms in JSON: {@code "cycle": {"a": 10.0, "b": 10.0}} for a term of domains, {@code "adversarial": 1.0} for one of
 * directions. Terms that a run knew nothing of are left out by earlier versions.
 */
final class WeightsJson implements JsonSerializer<Weights>, JsonDeserializer<Weights> {

    @Override
    public JsonElement serialize(Weights weights, Type type, JsonSerializationContext context) {
        JsonObject json = new JsonObject();
        for (OfGenerators term : LossTerms.OF_GENERATORS) {
            PerDomain<Double> weight = weights.of(term);
            json.add(
                    term.key(),
                    term.sides() == Sides.DOMAINS ? context.serialize(weight) : new JsonPrimitive(weight.a()));
        }
        return json;
    }

    @Override
    public Weights deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        Map<String, PerDomain<Double>> weights = new LinkedHashMap<>();
        for (OfGenerators term : LossTerms.OF_GENERATORS) {
            JsonElement weight = json.getAsJsonObject().get(term.key());
            if (weight != null && !weight.equals(JsonNull.INSTANCE)) {
                weights.put(term.key(), weight(term, weight));
            } else if (!term.isOptional()) {
                throw new JsonParseException("expected a weight %s, found none".formatted(term.key()));
            }
        }
        return new Weights(weights);
    }

    private static PerDomain<Double> weight(OfGenerators term, JsonElement json) {
        if (term.sides() == Sides.DIRECTIONS) {
            return PerDomain.both(json.getAsDouble());
        }
        return new PerDomain<>(number(term, json, "a"), number(term, json, "b"));
    }

    private static double number(OfGenerators term, JsonElement json, String domain) {
        JsonElement number = json.getAsJsonObject().get(domain);
        if (number == null) {
            throw new JsonParseException("expected a weight %s.%s, found none".formatted(term.key(), domain));
        }
        return number.getAsDouble();
    }
}
