"""Trains the common recipe for sales tables in Keras, like Examples/SalesRecipe.

python keras_recipe.py TABLE [EPOCHS]
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pandas as pd
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras import Input
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam

FEATURES = ["user_purchase_frequency", "product_price"]
TARGET = ["sales_quantity"]


def main() -> None:
    path, epochs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    rows = pd.read_csv(path).dropna()
    known, test = train_test_split(rows, test_size=0.2, random_state=42)
    training, validation = train_test_split(known, test_size=0.1, random_state=42)
    inputs = StandardScaler().fit(training[FEATURES])
    sales = StandardScaler().fit(training[TARGET])

    def scaled(part: pd.DataFrame):
        return inputs.transform(part[FEATURES]), sales.transform(part[TARGET])

    model = Sequential(
        [
            Input((2,)),
            Dense(64, activation="relu", kernel_initializer="he_uniform"),
            Dense(32, activation="relu", kernel_initializer="he_uniform"),
            Dense(1),
        ]
    )
    model.compile(optimizer=Adam(learning_rate=0.001), loss="mse")
    (x, y), validation_data = scaled(training), scaled(validation)
    start = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, batch_size=32, validation_data=validation_data, verbose=2)
    seconds = time.perf_counter() - start
    predictions = sales.inverse_transform(model.predict(scaled(test)[0], verbose=0))
    figures = {
        "rows trained on": str(len(training)),
        "loss, last epoch": f"{history.history['loss'][-1]:.4f}",
        "validation loss, last epoch": f"{history.history['val_loss'][-1]:.4f}",
        "R² of the test rows": f"{r2_score(test[TARGET], predictions):.4f}",
    }
    print(json.dumps({"training_seconds": seconds, "figures": figures}))


if __name__ == "__main__":
    main()
