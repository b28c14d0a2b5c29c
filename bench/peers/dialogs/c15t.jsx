import "@c15t/react/styles.css";
import { createRoot } from "react-dom/client";
import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from "@c15t/react";

document.documentElement.lang = O.language ?? "en";
createRoot(document.getElementById("root")).render(
  <ConsentManagerProvider options={{ mode: "offline", consentCategories: ["necessary", "measurement", "marketing"], i18n: { locale: O.language ?? "en" } }}>
    <ConsentBanner />
    <ConsentDialog />
  </ConsentManagerProvider>,
);
