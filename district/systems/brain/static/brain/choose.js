// A choice that is a whole question needs no button.
for (const choice of document.querySelectorAll('[data-choose-board]')) choice.addEventListener('change', () => choice.form.submit());
